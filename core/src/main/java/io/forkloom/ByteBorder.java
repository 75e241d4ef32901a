package io.forkloom;

import io.forkloom.internal.codec.CallEncoder;
import io.forkloom.internal.codec.CallKind;
import io.forkloom.internal.codec.CodecException;
import io.forkloom.internal.codec.Failures;
import io.forkloom.internal.codec.Shape;
import io.forkloom.internal.codec.Values;
import io.forkloom.internal.dispatch.Paces;
import io.forkloom.internal.supervise.ResourceSource;
import io.forkloom.internal.wire.Payload;
import io.forkloom.internal.wire.RemoteCall;
import io.forkloom.internal.wire.Resource;
import java.io.IOException;
import java.io.Serializable;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The border to another JVM.
 *
 * @param accepted patterns of the serialisation filter
 * @param messageLimit bytes that one payload may have
 * @param resources what workers can be given besides their class path
 * @param paces of the functions of the pool
 * @param broadcasts that are open
 * @param carrier of what hangs on the submitter's thread
 */
record ByteBorder(
        String accepted,
        int messageLimit,
        ProgramResources resources,
        Paces paces,
        BroadcastsSent broadcasts,
        ContextCarrier carrier)
        implements Border<RemoteCall>, ResourceSource {
    /** Carries nothing. */
    ByteBorder(String pool, String accepted, int messageLimit) {
        this(
                accepted,
                messageLimit,
                new ProgramResources(),
                new Paces(),
                new BroadcastsSent(pool),
                ContextCarrier.NONE);
    }

    /** The same border, over which comes what hangs on the submitter's thread. */
    ByteBorder carrying(ContextCarrier context) {
        resources.add(context.getClass().getClassLoader());
        return new ByteBorder(accepted, messageLimit, resources, paces, broadcasts, context);
    }

    @Override
    public Crossing<RemoteCall> cross(CallKind kind, Serializable function, @Nullable Object... arguments) {
        var lent = lend(kind, function, arguments);
        return new Crossing<>(lent.call().own(), lent.bytes(), lent.shape(), lent.pace());
    }

    @Override
    public Crossing<RemoteCall> lend(CallKind kind, Serializable function, @Nullable Object... arguments) {
        var shape = Shape.of(function);
        resources.add(function.getClass().getClassLoader());
        var context = Carried.by(carrier);
        try {
            var call = broadcasts.during(() -> CallEncoder.encode(context, shape, kind, function, arguments));
            check(
                    () -> "the arguments of " + shape.name() + " have",
                    call.payload().bytes());
            check(() -> "the function " + shape.name() + " itself has", call.definition().length);
            int size = kind == CallKind.CHUNK && arguments[0] instanceof Object[] chunk ? chunk.length : 1;
            return new Crossing<>(call, call.bytes(), shape, paces.of(function.getClass(), size));
        } catch (CodecException e) {
            throw converted(e);
        }
    }

    private void check(Supplier<String> what, long bytes) {
        check(what, bytes, "pass a path or an index");
    }

    private void check(Supplier<String> what, long bytes, String instead) {
        if (bytes > messageLimit) {
            throw new SerialisationException(
                    what.get() + " " + bytes + " bytes, the limit is " + messageLimit + ": " + instead
                            + ", or raise messageLimit when the pool is opened",
                    null);
        }
    }

    @Override
    public <T extends @Nullable Object> Broadcast<T> broadcast(T value) {
        if (value != null) {
            resources.add(value.getClass().getClassLoader());
        }
        try {
            var payload = broadcasts.during(() -> Values.encode("the value of a broadcast", value));
            check(
                    () -> "the value of a broadcast has",
                    payload.bytes(),
                    "let each worker load it, as in c.state(Models::load)");
            return broadcasts.add(value, payload.own());
        } catch (CodecException e) {
            throw converted(e);
        }
    }

    @Override
    public void close() {
        broadcasts.closeAll();
    }

    @Override
    public List<Resource> find(String name, boolean all, int limit) throws IOException {
        return resources.find(name, all, limit);
    }

    @Override
    public Payload fetch(long broadcast, Asker asker) {
        return broadcasts.fetch(broadcast, asker);
    }

    @Override
    public @Nullable Object value(@Nullable Object payload, String what) {
        var whole = whole(payload);
        return Values.isObject(whole) ? object(whole, what) : plain(whole, what);
    }

    private @Nullable Object plain(Payload payload, String what) {
        try {
            return Values.decode(what, payload, accepted, loader());
        } catch (CodecException e) {
            throw converted(e);
        }
    }

    private @Nullable Object object(Payload payload, String what) {
        CodecException problem = null;
        for (var loader : loaders()) {
            try {
                return broadcasts.during(() -> Values.decode(what, payload, accepted, loader));
            } catch (CodecException e) {
                if (!(e.getCause() instanceof ClassNotFoundException)) {
                    throw converted(e);
                }
                problem = problem == null ? e : problem;
            }
        }
        throw converted(Objects.requireNonNull(problem));
    }

    /** An exception as it came, or what stands for it. */
    @Override
    public Throwable failure(@Nullable Object payload) {
        try {
            Failures.Failure failure = null;
            for (var loader : loaders()) {
                var decoded =
                        broadcasts.during(() -> Failures.decode(whole(payload).head(), accepted, loader));
                if (decoded.original() != null) {
                    return decoded.original();
                }
                failure = failure == null ? decoded : failure;
            }
            var description = Objects.requireNonNull(failure).description();
            var described = described(description);
            described.addSuppressed(new SerialisationException(
                    "the " + description.type() + " itself did not arrive: " + failure.problem(), null));
            return described;
        } catch (CodecException e) {
            return converted(e);
        }
    }

    private static RemoteException described(Failures.Description one) {
        return new RemoteException(
                one.type(), one.message(), one.frames(), one.cause() == null ? null : described(one.cause()));
    }

    private static Payload whole(@Nullable Object payload) {
        if (payload instanceof Payload whole) { // no switch: see Frame
            return whole;
        }
        return payload instanceof byte[] bytes ? Payload.of(bytes) : Payload.NONE; // of an element of a chunk
    }

    /** As the rest of the program sees classes. */
    static ClassLoader loader() {
        var context = Thread.currentThread().getContextClassLoader();
        return context == null ? ClassLoader.getSystemClassLoader() : context;
    }

    /** As the thread that asks sees classes; where that does not do, as the functions that were submitted see them. */
    private Set<ClassLoader> loaders() {
        var all = new LinkedHashSet<ClassLoader>();
        all.add(loader());
        all.addAll(resources.loaders());
        return all;
    }

    private static SerialisationException converted(CodecException e) {
        return new SerialisationException(String.valueOf(e.getMessage()), e.getCause());
    }
}
