package io.forkloom.internal.worker;

import io.forkloom.internal.thread.Daemons;
import io.forkloom.internal.transport.Link;
import io.forkloom.internal.wire.Frame;
import io.forkloom.internal.wire.Frame.Fetch;
import io.forkloom.internal.wire.Frame.Found;
import io.forkloom.internal.wire.Frame.Want;
import io.forkloom.internal.wire.Payload;
import io.forkloom.internal.wire.ProtocolException;
import io.forkloom.internal.wire.Resource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * Asks the pool for resources of the program, and for values of broadcasts; for any thread. The link is touched only by a thread of its own, which is
 * started with the first question: threads of tasks are interrupted, and an interrupt within a read would close the link.
 */
final class Inquiry {
    private final Link link;
    private final LinkedBlockingQueue<Asked> questions = new LinkedBlockingQueue<>();
    private boolean started;

    private record Asked(Frame.Question question, CompletableFuture<Frame> answer) {}

    Inquiry(Link link) {
        this.link = link;
    }

    /** Waits for the answer, through interrupts too, as loading a class does. */
    List<Resource> find(String name, boolean all) throws IOException {
        return Resource.of(
                ask(new Want(all, name.getBytes(StandardCharsets.UTF_8))).head());
    }

    /** The value of a broadcast; waits as {@link #find} does. */
    Payload fetch(long broadcast) throws IOException {
        return ask(new Fetch(broadcast));
    }

    private Payload ask(Frame.Question question) throws IOException {
        start();
        var asked = new Asked(question, new CompletableFuture<>());
        questions.add(asked);
        return switch (answer(asked)) {
            case Found(var refused, var why)
            when refused -> throw new IOException(new String(why.head(), StandardCharsets.UTF_8));
            case Found(var _, var content) -> content;
            default -> throw new ProtocolException("a pool answered a question with something else");
        };
    }

    private static Frame answer(Asked asked) throws IOException {
        try {
            return asked.answer.join();
        } catch (CompletionException e) {
            throw new IOException("the pool did not answer: " + e.getCause(), e);
        }
    }

    private synchronized void start() {
        if (!started) {
            Daemons.deaf("forkloom-inquiry", this::work).start();
            started = true;
        }
    }

    /** Of a thread that nobody interrupts: an interrupt would close the link. */
    private void work() {
        while (true) {
            try {
                var asked = questions.take();
                try {
                    asked.answer.complete(link.ask(asked.question));
                } catch (IOException | RuntimeException | Error e) {
                    asked.answer.completeExceptionally(e);
                }
            } catch (InterruptedException e) {
                // see above
            }
        }
    }
}
