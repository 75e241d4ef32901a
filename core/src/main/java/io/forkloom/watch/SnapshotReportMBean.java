package io.forkloom.watch;

/** What {@code forkloom top} asks of a program by JMX. */
public interface SnapshotReportMBean {
    /**
     * The program as it is now, as {@link Watch#snapshot} sees it, in one line of JSON; times in milliseconds.
     *
     * @param subtasks how many of each group
     */
    String json(int subtasks) throws InterruptedException;
}
