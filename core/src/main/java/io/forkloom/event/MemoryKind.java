package io.forkloom.event;

/** Which memory a worker had run out of. */
public enum MemoryKind {
    /** Its heap was full. */
    HEAP("heap"),
    /** It had loaded too many classes. */
    METASPACE("metaspace"),
    /** It had reserved too many direct buffers. */
    DIRECT("direct buffers"),
    /** The operating system gave it no more threads. */
    THREADS("threads"),
    /** It did hardly anything but collect garbage: the heap was as good as full. */
    COLLECTION("collection overhead"),
    /** It was larger than the pool's limit on resident memory. */
    RESIDENT("resident memory"),
    /** The kernel killed it, because the machine or its control group had no memory left. */
    KERNEL("the kernel's"),
    UNKNOWN("of unknown kind");

    private final String words;

    MemoryKind(String words) {
        this.words = words;
    }

    /** As in messages. */
    @Override
    public String toString() {
        return words;
    }
}
