package io.forkloom.examples;

import io.forkloom.async.Channel;
import io.forkloom.async.GroupView;
import io.forkloom.async.SubtaskView.State;
import io.forkloom.async.TaskGroup;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * B1, the states of whatever runs: RUNNING, SUSPENDED, DONE, for whoever asks, and of those that wait, where and for what. The
 * same is shown live, for any program, by {@code forkloom top PID}.
 */
public final class SubtaskStates {
    private SubtaskStates() {}

    public static void main(String[] args) throws InterruptedException {
        try (var group = TaskGroup.open("states")) {
            var computing = new CountDownLatch(1);
            var enough = new AtomicBoolean();
            var pages = Channel.<String>bounded(16);

            group.forkAction("compute", () -> {
                computing.countDown();
                while (!enough.get()) {
                    Thread.onSpinWait();
                }
            });
            group.forkAction("receive", pages::receive);
            group.forkAction("over", () -> {});

            computing.await();
            while (!isAsDescribed(look())) {
                Thread.sleep(1); // threads take their time to begin
            }
            for (var subtask : look().subtasks()) {
                IO.println("* " + subtask.name() + ": " + subtask.state());
            }
            enough.set(true);
            pages.send("now it can end");
            group.join();
        }
        IO.println("groups that are open: " + GroupView.all(10).size());
    }

    private static GroupView look() {
        return GroupView.all(10).getFirst();
    }

    private static boolean isAsDescribed(GroupView view) {
        return view.subtasks().stream()
                .allMatch(each -> each.state()
                        == switch (each.name()) {
                            case "compute" -> State.RUNNING;
                            case "receive" -> State.SUSPENDED;
                            default -> State.DONE;
                        });
    }
}
