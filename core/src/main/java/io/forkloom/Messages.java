package io.forkloom;

/** Words that several messages share. */
final class Messages {
    private Messages() {}

    static String where(TaskInfo task) {
        return task.worker().map(worker -> " in worker " + worker).orElse("");
    }

    /** Empty, or the ends of the attempts before the last one. */
    static String earlier(TaskInfo task) {
        if (task.earlier().isEmpty()) {
            return "";
        }
        var text =
                new StringBuilder("; this was attempt " + (task.earlier().size() + 1) + ", and those before ended so:");
        task.earlier().forEach(exit -> text.append("\n  ").append(exit));
        return text.toString();
    }
}
