package io.forkloom.bench.jmh;

import io.forkloom.internal.wire.Frame;
import io.forkloom.internal.wire.Header;
import io.forkloom.internal.wire.Payload;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** The fixed part of a frame: put into a buffer, and taken out again. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class HeaderBench {
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(4096).order(ByteOrder.LITTLE_ENDIAN);
    private final Frame frame = new Frame.Call(4711, 12, Payload.of(new byte[64]));

    @Benchmark
    public Header putAndTake() throws Exception {
        buffer.clear();
        Header.put(frame, 7, buffer);
        buffer.flip();
        return Header.take(buffer, 1 << 20);
    }
}
