package io.forkloom.cli.crawl.parse;

import io.forkloom.ProcessPoolConfig;
import io.forkloom.TaskOptions;
import io.forkloom.TaskPool;
import io.forkloom.WorkerOutput;
import io.forkloom.cli.ClassPath;
import io.forkloom.cli.InputException;
import io.forkloom.cli.Size;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * How to parse.
 *
 * @param recipe what goes with each page
 * @param deadline of one page
 * @param workers how many processes
 * @param heap of each
 * @param policies what pages of some kinds may cost, by the parser's name, where it is something else
 * @param classPath of the user's own parser
 */
public record ParseOptions(
        Recipe recipe, Duration deadline, int workers, Size heap, Map<String, Policy> policies, ClassPath classPath) {
    /** What waits for a worker; pages that wait before that are held by the fetcher's budget. */
    private static final long QUEUED_BYTES = 64L << 20;

    /** The same for all pages. */
    public static ParseOptions of(Recipe recipe, Duration deadline, int workers, Size heap) {
        return new ParseOptions(recipe, deadline, workers, heap, Map.of(), new ClassPath(List.of()));
    }

    /** Tells the pool what its workers need, and makes the folder that they write to. */
    public void configure(ProcessPoolConfig config, long largestPage) {
        ImageParser.prepare(recipe);
        config.name("crawl")
                .workers(workers)
                .heap((heap.bytes() >> 10) + "k")
                // Room for the largest page at least, whose frame is a little larger than itself.
                .queue(256, Math.max(QUEUED_BYTES, largestPage + (1 << 20)) + "")
                .output(WorkerOutput.DISCARD)
                .drain(Duration.ofSeconds(5))
                .jvmOptions(jvmOptions());
        if (Kinds.isOwn(recipe.parser())) {
            String[] entries = classPath.entries().stream()
                    .map(entry -> entry.toAbsolutePath().toString())
                    .toArray(String[]::new);
            config.initializer(() -> OwnClasses.install(entries));
        }
    }

    /** The demo's crash, the native codec of images and a user's parser may call native code: none is to print a warning. */
    private static String[] jvmOptions() {
        return new String[] {"-Djava.awt.headless=true", "--enable-native-access=ALL-UNNAMED"};
    }

    /**
     * Refuses what only an open pool knows to be too much.
     *
     * @throws InputException if there is no room for a larger worker
     */
    public void check(TaskPool pool) {
        policies.forEach((parser, policy) -> {
            try (var _ = pool.with(policy.task(deadline))) {
                // Asked for, and not used.
            } catch (IllegalArgumentException wrong) {
                throw new InputException("-O " + parser + ".heap: " + wrong.getMessage(), wrong);
            }
        });
    }

    /** What a page may cost, by its kind; its source is the label. */
    public TaskOptions taskFor(Page page) {
        var policy = policies.isEmpty() ? Policy.NONE : policies.getOrDefault(Kinds.of(page), Policy.NONE);
        return policy.task(deadline).withLabel(page.origin().source());
    }

    public ParseOptions withRecipe(Recipe other) {
        return new ParseOptions(other, deadline, workers, heap, policies, classPath);
    }
}
