package io.forkloom.cli.crawl.deliver;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import org.jspecify.annotations.Nullable;

/**
 * The first {@value #KEPT} bytes of an answer, for messages. The rest is read, so that the connection can be used again,
 * unless it is more than {@value #READ}: a body without an end is not waited for.
 */
final class AnswerHead implements BodySubscriber<String> {
    static final int KEPT = 200;
    private static final int READ = 64 << 10;

    private final CompletableFuture<String> words = new CompletableFuture<>();
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream(KEPT);
    private @Nullable Subscription subscription;
    private int left = READ;

    @Override
    public void onSubscribe(Subscription begun) {
        subscription = begun;
        begun.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        for (ByteBuffer buffer : buffers) {
            left -= buffer.remaining();
            byte[] some = new byte[Math.min(buffer.remaining(), KEPT - kept.size())];
            buffer.get(some);
            kept.writeBytes(some);
        }
        if (left < 0 && subscription != null) {
            subscription.cancel();
            onComplete();
        }
    }

    @Override
    public void onError(Throwable broken) {
        words.completeExceptionally(broken);
    }

    @Override
    public void onComplete() {
        words.complete(kept.toString(UTF_8));
    }

    @Override
    public CompletionStage<String> getBody() {
        return words;
    }
}
