package io.forkloom.internal.supervise;

import java.util.Comparator;
import java.util.Set;

/** Stack traces as text, bounded: of the thread that runs tasks first, and of those that tasks have started. */
public final class Stacks {
    private static final int MOST_FRAMES = 60;
    private static final int MOST_CHARACTERS = 32 * 1024;

    /** Threads of every JVM, which say nothing about a task. */
    private static final Set<String> OF_THE_JVM = Set.of(
            "Reference Handler",
            "Finalizer",
            "Signal Dispatcher",
            "Notification Thread",
            "Common-Cleaner",
            "DestroyJavaVM",
            "Attach Listener",
            "process reaper");

    private Stacks() {}

    /** Of this process; {@code first} is the thread that runs tasks. */
    public static String of(Thread first) {
        var text = new StringBuilder(of(first, first.getStackTrace()));
        Thread.getAllStackTraces().entrySet().stream()
                .filter(entry -> !entry.getKey().equals(first) && !isOurs(entry.getKey()))
                .sorted(Comparator.comparing(entry -> entry.getKey().getName()))
                .forEach(entry -> text.append('\n').append(of(entry.getKey(), entry.getValue())));
        return text.substring(0, Math.min(text.length(), MOST_CHARACTERS));
    }

    /** Of one thread. */
    static String of(Thread thread, StackTraceElement[] frames) {
        var text = new StringBuilder("\"" + thread.getName() + "\" " + thread.getState());
        for (int i = 0; i < Math.min(frames.length, MOST_FRAMES); i++) {
            String owner = frames[i].getClassName();
            if (owner.startsWith("io.forkloom.internal.") || owner.equals("io.forkloom.TaskContext")) {
                break; // from here on down it is the worker, and no longer the task
            }
            text.append("\n  at ").append(frames[i]);
        }
        return text.toString();
    }

    private static boolean isOurs(Thread thread) {
        return thread.equals(Thread.currentThread())
                || thread.getName().startsWith("forkloom-")
                || OF_THE_JVM.contains(thread.getName());
    }
}
