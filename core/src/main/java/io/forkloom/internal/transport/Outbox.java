package io.forkloom.internal.transport;

import io.forkloom.internal.wire.Frame;
import io.forkloom.internal.wire.Frame.Answer;
import io.forkloom.internal.wire.Header;
import io.forkloom.internal.wire.Payload;
import io.forkloom.internal.wire.ProtocolException;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayList;
import java.util.List;

/**
 * Answers that a worker has given and not sent yet, in memory that its pool still reads when the worker is dead: so many
 * answers can go in one write, and a crash costs none of those before it.
 *
 * <pre>
 *  0       8
 *  | bytes | frame | frame | ...
 * </pre>
 *
 * The worker writes the frames first and then how many bytes they have. Not thread-safe; the pool reads it when the
 * worker is gone.
 */
final class Outbox implements FrameWriter.Writing {
    private static final VarHandle WORD = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int BEGIN = Long.BYTES;

    private final ByteBuffer page;

    /** Over a part of a page that both map; zeros where nothing was written yet. */
    Outbox(ByteBuffer page) {
        this.page = page.order(ByteOrder.LITTLE_ENDIAN).position(BEGIN);
    }

    boolean isEmpty() {
        return page.position() == BEGIN;
    }

    /** Keeps the frame, if there is room for it, and it has no tail, which would be copied for nothing. */
    boolean put(Frame frame, int generation) {
        var payload = frame.payload();
        if (payload.tail() != null || page.remaining() < Header.BYTES + payload.bytes()) {
            return false;
        }
        Header.put(frame, generation, page);
        payload.put(0, page);
        tell(page.position() - BEGIN);
        return true;
    }

    /** Writes all that it holds to a channel in blocking mode, and is empty then. */
    @Override
    public void writeTo(WritableByteChannel channel) throws IOException {
        var frames = page.duplicate().flip().position(BEGIN);
        while (frames.hasRemaining()) {
            channel.write(frames);
        }
        tell(0); // what was sent and is still here the pool knows by its ticket
        page.position(BEGIN);
    }

    private void tell(long bytes) {
        WORD.setVolatile(page, 0, bytes);
    }

    /** For the pool: the answers to calls above this one. What cannot be read, and all behind it, is left out. */
    List<Answer> after(long ticket, int generation) {
        var answers = new ArrayList<Answer>();
        long bytes = (long) WORD.getVolatile(page, 0);
        if (bytes <= 0 || bytes > page.capacity() - BEGIN) {
            return answers;
        }
        var frames =
                page.duplicate().order(ByteOrder.LITTLE_ENDIAN).position(BEGIN).limit(BEGIN + (int) bytes);
        try {
            while (frames.remaining() >= Header.BYTES) {
                var header = Header.take(frames, frames.remaining());
                if (header.generation() != generation || header.hasTail() || header.length() > frames.remaining()) {
                    return answers;
                }
                var payload = new byte[header.length()];
                frames.get(payload);
                if (header.with(Payload.of(payload)) instanceof Answer answer && answer.ticket() > ticket) {
                    answers.add(answer);
                }
            }
        } catch (ProtocolException e) {
            // A worker gone wild has written here: what stands before it came in order and is believed.
        }
        return answers;
    }
}
