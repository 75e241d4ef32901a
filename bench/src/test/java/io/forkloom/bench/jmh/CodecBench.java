package io.forkloom.bench.jmh;

import io.forkloom.Task;
import io.forkloom.internal.codec.CallDecoder;
import io.forkloom.internal.codec.CallEncoder;
import io.forkloom.internal.codec.CallKind;
import io.forkloom.internal.codec.Shape;
import io.forkloom.internal.codec.Values;
import io.forkloom.internal.wire.Payload;
import io.forkloom.internal.wire.RemoteCall;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A lambda that captures one number, and the number that it gives: to bytes, and back. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CodecBench {
    private final ClassLoader loader = CodecBench.class.getClassLoader();
    private final CallDecoder decoder = new CallDecoder("", loader);
    private int number = 1_000_000;
    private @Nullable Payload value;
    private @Nullable RemoteCall call;

    @Setup
    public void encodeBoth() throws Exception {
        call = encodeCall();
        decoder.define(call.function(), call.definition());
        value = encodeResult();
    }

    @Benchmark
    public RemoteCall encodeCall() throws Exception {
        int captured = number++;
        Task<Integer> task = () -> captured + 1;
        return CallEncoder.encode(Shape.of(task), CallKind.TASK, task);
    }

    @Benchmark
    public Object decodeCall() throws Exception {
        var encoded = Objects.requireNonNull(call);
        return decoder.decode(encoded.function(), encoded.payload());
    }

    @Benchmark
    public Payload encodeResult() throws Exception {
        return Values.encode("the result", number++);
    }

    @Benchmark
    public @Nullable Object decodeResult() throws Exception {
        return Values.decode("the result", Objects.requireNonNull(value), "", loader);
    }
}
