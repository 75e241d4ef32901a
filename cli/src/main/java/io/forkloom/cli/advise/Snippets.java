package io.forkloom.cli.advise;

/** A few lines to paste, with the user's own names. */
final class Snippets {
    private final Subject subject;
    private final boolean isVoid;

    Snippets(Subject subject) {
        this.subject = subject;
        this.isVoid = subject.result().equals("void");
    }

    String plain() {
        return (isVoid ? "" : "var result = ") + direct() + ";";
    }

    String virtualThreads() {
        return isVoid ? """
                try (var group = TaskGroup.open()) {
                    group.forkAction(() -> %s); // as many as there is to wait for
                    group.join();
                }""".formatted(direct()) : """
                try (var group = TaskGroup.open()) {
                    var result = group.fork(() -> %s); // as many as there is to wait for
                    group.join();
                    use(result.value());
                }""".formatted(direct());
    }

    String threads() {
        return pool("ThreadPool", subject.state().isEmpty() ? "" : "c -> c.workers(1)", 1);
    }

    String isolates(int chunk) {
        return pool("IsolatePool", "", chunk);
    }

    String processes(int chunk) {
        return pool("ProcessPool", "c -> c.heap(\"256m\")", chunk);
    }

    String deadline() {
        return """
                try (var pool = ProcessPool.open(c -> c.heap("256m"))) {
                    %s;
                }""".formatted(call("pool.with(TaskOptions.deadline(Duration.ofSeconds(10)))"));
    }

    private String pool(String kind, String config, int chunk) {
        String open = "try (var pool = " + kind + ".open(" + config + ")) {\n    ";
        boolean map = chunk > 1 && subject.parameters().size() == 1 && !isVoid;
        return open
                + (map
                        ? "for (var result : pool.map(" + subject.call().label() + ", arguments).chunk(" + chunk
                                + ")) {\n        use(result);\n    }"
                        : call("pool") + ";")
                + "\n}";
    }

    private String call(String pool) {
        if (isVoid) {
            return pool + ".run(() -> " + direct() + ")";
        }
        return "var result = " + pool + ".call(" + subject.call().label()
                + switch (subject.parameters().size()) {
                    case 0 -> "";
                    case 1 -> ", argument";
                    default -> ", first, second";
                }
                + ")";
    }

    private String direct() {
        return subject.call().owner() + "." + subject.call().method()
                + switch (subject.parameters().size()) {
                    case 0 -> "()";
                    case 1 -> "(argument)";
                    default -> "(first, second)";
                };
    }
}
