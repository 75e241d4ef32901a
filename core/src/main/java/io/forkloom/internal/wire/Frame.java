package io.forkloom.internal.wire;

/** One message on a link. Arrays of bytes belong to the frame: nobody changes them after they were handed over. */
public sealed interface Frame {
    byte[] EMPTY = {};

    // What stands in the header, and behind it; see Header. Methods, because a switch over the types costs the start of
    // a program and of each worker some 10 ms.

    /** Its number. */
    int kind();

    default long id() {
        return 0;
    }

    default long word() {
        return 0;
    }

    default boolean flagged() {
        return false;
    }

    /** What stands behind the header. */
    default Payload payload() {
        return Payload.NONE;
    }

    /** What a worker asks of its pool; {@link Found} is the answer. */
    sealed interface Question extends Frame {}

    /** Worker: I am the process that was given this secret. First frame of each of its two connections. */
    record Hello(byte[] secret) implements Frame {
        @Override
        public int kind() {
            return 1;
        }

        @Override
        public Payload payload() {
            return Payload.of(secret);
        }
    }

    /** Pool, on the control channel: where to connect and what to prepare; the payload is a {@link Bootstrap}. */
    record Start(byte[] bootstrap) implements Frame {
        @Override
        public int kind() {
            return 2;
        }

        @Override
        public Payload payload() {
            return Payload.of(bootstrap);
        }
    }

    /** Worker: the initialiser has run, tasks may come. */
    record Ready() implements Frame {
        @Override
        public int kind() {
            return 3;
        }
    }

    /** Worker: the initialiser threw; the payload is its stack trace as text. The worker ends. */
    record StartFailed(byte[] trace) implements Frame {
        @Override
        public int kind() {
            return 4;
        }

        @Override
        public Payload payload() {
            return Payload.of(trace);
        }
    }

    /** Pool: from now on {@code id} stands for this function. */
    record Function(long id, byte[] definition) implements Frame {
        @Override
        public int kind() {
            return 5;
        }

        @Override
        public Payload payload() {
            return Payload.of(definition);
        }
    }

    /** Pool: run this. Tickets grow from call to call on a link. */
    record Call(long ticket, long function, Payload payload) implements Frame {
        @Override
        public int kind() {
            return 6;
        }

        @Override
        public long id() {
            return ticket;
        }

        @Override
        public long word() {
            return function;
        }
    }

    /**
     * Worker: the end of a call.
     *
     * @param failed whether the payload is a failure instead of a value
     * @param nanos how long the call took in the worker, with decoding and encoding
     */
    record Answer(long ticket, boolean failed, long nanos, Payload payload) implements Frame {
        @Override
        public int kind() {
            return 7;
        }

        @Override
        public long id() {
            return ticket;
        }

        @Override
        public long word() {
            return nanos;
        }

        @Override
        public boolean flagged() {
            return failed;
        }
    }

    /** Pool, on the control channel: interrupt this call, if it is the one that runs. */
    record Interrupt(long ticket) implements Frame {
        @Override
        public int kind() {
            return 8;
        }

        @Override
        public long id() {
            return ticket;
        }
    }

    /** Pool, on the control channel: say what the threads do; the worker is about to be killed. */
    record DumpThreads() implements Frame {
        @Override
        public int kind() {
            return 9;
        }
    }

    /**
     * Pool, on the control channel: there is nothing more to do; end.
     *
     * @param pool its process, which nobody hears the end of from here on
     */
    record Leave(long pool) implements Frame {
        @Override
        public int kind() {
            return 13;
        }

        @Override
        public long id() {
            return pool;
        }
    }

    /** Worker: the stack traces that were asked for, as text. */
    record ThreadDump(byte[] text) implements Frame {
        @Override
        public int kind() {
            return 10;
        }

        @Override
        public Payload payload() {
            return Payload.of(text);
        }
    }

    /**
     * Worker: give me what the program's class loaders have under this name. One question at a time.
     *
     * @param all instead of the first
     * @param name of a resource, with slashes, in UTF-8
     */
    record Want(boolean all, byte[] name) implements Question {
        @Override
        public int kind() {
            return 11;
        }

        @Override
        public boolean flagged() {
            return all;
        }

        @Override
        public Payload payload() {
            return Payload.of(name);
        }
    }

    /** Worker: give me the value of this broadcast. One question at a time, as with {@link Want}. */
    record Fetch(long broadcast) implements Question {
        @Override
        public int kind() {
            return 14;
        }

        @Override
        public long id() {
            return broadcast;
        }
    }

    /**
     * Pool: what was wanted, none to many; the payload is that of {@link Resource#toBytes}. Or the value that was to be
     * fetched, as it was encoded.
     *
     * @param refused whether the payload is text that says why there is no answer
     */
    record Found(boolean refused, Payload content) implements Frame {
        @Override
        public int kind() {
            return 12;
        }

        @Override
        public boolean flagged() {
            return refused;
        }

        @Override
        public Payload payload() {
            return content;
        }
    }

    /** Pool: run this, for nobody, so that what the first call needs is there when it comes. */
    record Rehearse(long function, Payload payload) implements Frame {
        @Override
        public int kind() {
            return 16;
        }

        @Override
        public long id() {
            return function;
        }
    }

    /** Pool: link this function, and do not call it, so that it is linked when its first call comes. */
    record Study(long function) implements Frame {
        @Override
        public int kind() {
            return 18;
        }

        @Override
        public long id() {
            return function;
        }
    }

    /** Worker: what came of a rehearsal, which is of no use, or of a study, which is nothing. */
    record Rehearsed(Payload payload) implements Frame {
        @Override
        public int kind() {
            return 17;
        }
    }

    /** Pool: this broadcast was closed; a copy of its value is of no more use. */
    record Forget(long broadcast) implements Frame {
        @Override
        public int kind() {
            return 15;
        }

        @Override
        public long id() {
            return broadcast;
        }
    }
}
