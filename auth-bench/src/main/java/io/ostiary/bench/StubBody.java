package io.ostiary.bench;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;

/** The body of one request, all there from the start. */
final class StubBody extends ServletInputStream {
    private final byte[] bytes;
    private int next;

    StubBody(byte[] bytes) {
        this.bytes = bytes;
    }

    @Override
    public int read() {
        return next == bytes.length ? -1 : bytes[next++];
    }

    @Override
    public int read(byte[] into, int from, int length) {
        int many = Math.min(length, bytes.length - next);
        System.arraycopy(bytes, next, into, from, many);
        next += many;
        return many == 0 && length > 0 ? -1 : many;
    }

    @Override
    public boolean isFinished() {
        return next == bytes.length;
    }

    @Override
    public boolean isReady() {
        return true;
    }

    @Override
    public void setReadListener(ReadListener listener) {
        throw new UnsupportedOperationException("a stub reads in the request's own thread");
    }
}
