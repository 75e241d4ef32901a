package io.forkloom.watch;

/**
 * Tells an onlooker in another process what this program does. It is made by that onlooker, through JMX, and is there only as
 * long as somebody looks.
 */
public final class SnapshotReport implements SnapshotReportMBean {
    @Override
    public String json(int subtasks) throws InterruptedException {
        return SnapshotJson.of(Watch.snapshot(subtasks));
    }
}
