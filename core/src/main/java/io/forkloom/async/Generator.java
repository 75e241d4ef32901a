package io.forkloom.async;

import io.forkloom.internal.scope.Member;
import io.forkloom.internal.scope.Scope;
import io.forkloom.internal.scope.Scopes;
import io.forkloom.internal.thread.Joins;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Elements that a body yields on a virtual thread of its own, as they are asked for: some ahead, and no more.
 *
 * <pre>{@code
 * try (var lines = Generator.<String>of(out -> {
 *     try (var reader = Files.newBufferedReader(log)) {
 *         for (var line = reader.readLine(); line != null; line = reader.readLine()) {
 *             out.yield(line);
 *         }
 *     }
 * })) {
 *     for (var line : lines) {
 *         if (line.startsWith("ERROR")) {
 *             return line;             // close runs the end of the body: the reader is closed
 *         }
 *     }
 * }
 * }</pre>
 *
 * <p>The body starts when the first element is asked for, and runs ahead by as many as the buffer holds; with an endless one
 * that is all the memory it takes. The elements are there once: all iterators and streams of it share them.
 *
 * <p><b>Waiting.</b> The iterator waits for an element; if it is interrupted it throws {@link CancellationException}, and
 * the interrupt stays set. In the body {@link Output#yield} waits for room.
 *
 * <p><b>Failure.</b> What the body throws arrives after the elements that it has yielded before, as cause of a
 * {@link GeneratorFailedException}.
 *
 * <p><b>Closing</b> early cancels the body: from then on every wait of this library in it throws
 * {@code InterruptedException}, and it is interrupted. {@link #close} waits, for as long as that takes and also if
 * interrupted, until the body has ended, its {@code finally} included; an error there is thrown by it. One that was not
 * started never is. So is the body cancelled with the group, or time limit, in which its first element was asked for.
 *
 * <p><b>Threads.</b> For one thread at a time. The body must be closed or come to its end: one that is left waiting for room
 * is a thread that stays.
 *
 * @param <T> the elements; never null
 */
public final class Generator<T> implements Iterable<T>, AutoCloseable {
    private static final int AHEAD = 256; // elements

    private final Body<T> body;
    private final Channel<T> elements;
    private @Nullable Run run;
    private boolean told;
    private boolean closed;

    /** What yields the elements. */
    @FunctionalInterface
    public interface Body<T> {
        void run(Output<T> out) throws Exception;
    }

    /** Where a body yields to. */
    @FunctionalInterface
    public interface Output<T> {
        /** Hands out an element; waits while the buffer is full. */
        @SuppressWarnings("NamedLikeContextualKeyword") // it is always out.yield
        void yield(T element) throws InterruptedException;
    }

    private Generator(int ahead, Body<T> body) {
        this.body = body;
        this.elements = Channel.bounded(ahead);
    }

    public static <T> Generator<T> of(Body<T> body) {
        return of(AHEAD, body);
    }

    /** With at most so many elements, one or more, that are made before they are asked for. */
    public static <T> Generator<T> of(int ahead, Body<T> body) {
        return new Generator<>(ahead, body);
    }

    /** The elements that are left: what another iterator has taken is gone. */
    @Override
    public Iterator<T> iterator() {
        return new Elements();
    }

    /** The elements that are left; the stream's {@code close} closes this. */
    public Stream<T> stream() {
        var spliterator = Spliterators.spliteratorUnknownSize(iterator(), Spliterator.ORDERED | Spliterator.NONNULL);
        return StreamSupport.stream(spliterator, false).onClose(this::close);
    }

    /**
     * Ends the body and waits until it has ended. Closing twice is harmless.
     *
     * @throws GeneratorFailedException if the body failed, and no iteration has said so
     */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        if (run == null) {
            elements.close();
            return;
        }
        var failure = run.stop();
        if (failure != null && !told) {
            throw new GeneratorFailedException(failure);
        }
    }

    /** Starts the body, where nobody has asked for an element before. */
    private void startOnce() {
        if (run == null && !closed) {
            run = new Run(Scopes.current());
            run.start();
        }
    }

    private final class Elements implements Iterator<T> {
        private final Iterator<T> arriving = elements.iterator();

        @Override
        public boolean hasNext() {
            startOnce();
            try {
                return arriving.hasNext();
            } catch (ChannelClosedException failed) {
                told = true;
                throw new GeneratorFailedException(failed.getCause());
            }
        }

        @Override
        public T next() {
            if (!hasNext()) {
                throw new NoSuchElementException("the generator has come to its end");
            }
            return arriving.next();
        }
    }

    /** The thread of the body, and the scope that it stands in. */
    private final class Run extends Scope {
        private final Member member;
        private volatile @Nullable Throwable failure;

        Run(@Nullable Member consumer) {
            super(consumer == null ? null : consumer.innermost());
            member = new Member(Thread.ofVirtual().name("generator").unstarted(this::run), this);
        }

        void start() {
            begin();
            member.thread().start();
        }

        @Override
        protected List<Member> members() {
            return List.of(member);
        }

        private void run() {
            Scopes.begin(member);
            try {
                body.run(elements::send);
                elements.close();
            } catch (Throwable error) {
                // That it was closed, or cancelled with what is around it, and stopped for that, is no error.
                if (cancelled() == null || !Interruption.explains(error)) {
                    failure = error;
                }
                elements.fail(error);
            } finally {
                end();
            }
        }

        private @Nullable Throwable stop() {
            if (member.thread().equals(Thread.currentThread())) {
                throw new IllegalStateException("the body of a generator cannot close it: return instead");
            }
            cancel("the generator was closed");
            Joins.untilEnded(member.thread());
            return failure;
        }
    }
}
