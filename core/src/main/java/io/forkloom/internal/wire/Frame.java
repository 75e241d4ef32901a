package io.forkloom.internal.wire;

/** One message on a link. Arrays of bytes belong to the frame: nobody changes them after they were handed over. */
public sealed interface Frame {
    byte[] EMPTY = {};

    /** What a worker asks of its pool; {@link Found} is the answer. */
    sealed interface Question extends Frame {}

    /** Worker: I am the process that was given this secret. First frame of each of its two connections. */
    record Hello(byte[] secret) implements Frame {}

    /** Pool, on the control channel: where to connect and what to prepare; the payload is a {@link Bootstrap}. */
    record Start(byte[] bootstrap) implements Frame {}

    /** Worker: the initialiser has run, tasks may come. */
    record Ready() implements Frame {}

    /** Worker: the initialiser threw; the payload is its stack trace as text. The worker ends. */
    record StartFailed(byte[] trace) implements Frame {}

    /** Pool: from now on {@code id} stands for this function. */
    record Function(long id, byte[] definition) implements Frame {}

    /** Pool: run this. Tickets grow from call to call on a link. */
    record Call(long ticket, long function, Payload payload) implements Frame {}

    /**
     * Worker: the end of a call.
     *
     * @param failed whether the payload is a failure instead of a value
     * @param nanos how long the call took in the worker, with decoding and encoding
     */
    record Answer(long ticket, boolean failed, long nanos, Payload payload) implements Frame {}

    /** Pool, on the control channel: interrupt this call, if it is the one that runs. */
    record Interrupt(long ticket) implements Frame {}

    /** Pool, on the control channel: say what the threads do; the worker is about to be killed. */
    record DumpThreads() implements Frame {}

    /**
     * Pool, on the control channel: there is nothing more to do; end.
     *
     * @param pool its process, which nobody hears the end of from here on
     */
    record Leave(long pool) implements Frame {}

    /** Worker: the stack traces that were asked for, as text. */
    record ThreadDump(byte[] text) implements Frame {}

    /**
     * Worker: give me what the program's class loaders have under this name. One question at a time.
     *
     * @param all instead of the first
     * @param name of a resource, with slashes, in UTF-8
     */
    record Want(boolean all, byte[] name) implements Question {}

    /** Worker: give me the value of this broadcast. One question at a time, as with {@link Want}. */
    record Fetch(long broadcast) implements Question {}

    /**
     * Pool: what was wanted, none to many; the payload is that of {@link Resource#toBytes}. Or the value that was to be
     * fetched, as it was encoded.
     *
     * @param refused whether the payload is text that says why there is no answer
     */
    record Found(boolean refused, Payload content) implements Frame {}

    /** Pool: this broadcast was closed; a copy of its value is of no more use. */
    record Forget(long broadcast) implements Frame {}

    /** What stands behind the header. */
    default Payload payload() {
        return switch (this) {
            case Hello(var secret) -> Payload.of(secret);
            case Start(var bootstrap) -> Payload.of(bootstrap);
            case Ready(), Interrupt(var _), DumpThreads(), Leave(var _), Fetch(var _), Forget(var _) -> Payload.NONE;
            case ThreadDump(var text) -> Payload.of(text);
            case StartFailed(var trace) -> Payload.of(trace);
            case Function(var _, var definition) -> Payload.of(definition);
            case Call(var _, var _, var payload) -> payload;
            case Answer(var _, var _, var _, var payload) -> payload;
            case Want(var _, var name) -> Payload.of(name);
            case Found(var _, var content) -> content;
        };
    }
}
