package io.ostiary.apikey.signature;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.Flow;

/** Collects what a body publisher would send. */
final class BodyBytes implements Flow.Subscriber<ByteBuffer> {
    private final HttpResponse.BodySubscriber<byte[]> collector = HttpResponse.BodySubscribers.ofByteArray();

    private BodyBytes() {}

    static byte[] of(HttpRequest.BodyPublisher publisher) {
        BodyBytes bytes = new BodyBytes();
        publisher.subscribe(bytes);
        return bytes.collector.getBody().toCompletableFuture().join();
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        collector.onSubscribe(subscription);
    }

    @Override
    public void onNext(ByteBuffer item) {
        collector.onNext(List.of(item));
    }

    @Override
    public void onError(Throwable failure) {
        collector.onError(failure);
    }

    @Override
    public void onComplete() {
        collector.onComplete();
    }
}
