package io.forkloom.cli.crawl.parse;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * JPEGs by libjpeg-turbo, whose vector instructions take a third of the time that Java's own codec takes, and which can decode to
 * a smaller size in the transform itself. Names and numbers are those of its {@code turbojpeg.h}, API 2, which version 3 has too.
 *
 * <p>It reads what needs no judgement: YCbCr and grey, without an error or a warning. All else is left to ImageIO, and so is to
 * say what is wrong with it. Nothing is kept from one image to the next; a crash of the library costs the worker and its page.
 */
@SuppressWarnings("restricted")
final class TurboJpeg {
    private static final String LIBRARY = "libturbojpeg.so.0";

    private static final int TJPF_RGB = 0;
    private static final int TJSAMP_444 = 0;
    private static final int TJSAMP_420 = 2;
    private static final int TJCS_YCBCR = 1;
    private static final int TJCS_GRAY = 2;
    private static final int TJFLAG_ACCURATEDCT = 4096;
    private static final int TJFLAG_STOPONWARNING = 8192;

    /** How much smaller it can be decoded by vector instructions; the smallest first. */
    private static final int[] PARTS = {8, 4, 2};

    /**
     * What is decoded smaller is to have so many pixels for one of the copy, in each direction. Noise is as weak in the copy then
     * as if all had been decoded: they differ by 0.6 of 255 on average, and by 1.3 without a margin.
     */
    private static final double MARGIN = 1.25;

    /** The functions, which have no state; found when somebody asks first. */
    private static final class Library {
        static final Optional<TurboJpeg> FOUND = load();
    }

    private final MethodHandle initDecompress;
    private final MethodHandle decompressHeader;
    private final MethodHandle decompress;
    private final MethodHandle initCompress;
    private final MethodHandle compress;
    private final MethodHandle errorText;
    private final MethodHandle destroy;
    private final MethodHandle free;

    private TurboJpeg(SymbolLookup library) {
        // Lengths are C's unsigned long.
        initDecompress = function(library, "tjInitDecompress", FunctionDescriptor.of(ADDRESS));
        decompressHeader = function(
                library,
                "tjDecompressHeader3",
                FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, JAVA_LONG, ADDRESS, ADDRESS, ADDRESS, ADDRESS));
        decompress = function(
                library,
                "tjDecompress2",
                FunctionDescriptor.of(
                        JAVA_INT, ADDRESS, ADDRESS, JAVA_LONG, ADDRESS, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT,
                        JAVA_INT));
        initCompress = function(library, "tjInitCompress", FunctionDescriptor.of(ADDRESS));
        compress = function(
                library,
                "tjCompress2",
                FunctionDescriptor.of(
                        JAVA_INT, ADDRESS, ADDRESS, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, ADDRESS, JAVA_INT,
                        JAVA_INT, JAVA_INT));
        errorText = function(library, "tjGetErrorStr2", FunctionDescriptor.of(ADDRESS, ADDRESS));
        destroy = function(library, "tjDestroy", FunctionDescriptor.of(JAVA_INT, ADDRESS));
        free = function(library, "tjFree", FunctionDescriptor.ofVoid(ADDRESS));
    }

    private static MethodHandle function(SymbolLookup library, String name, FunctionDescriptor type) {
        return Linker.nativeLinker().downcallHandle(library.findOrThrow(name), type);
    }

    /** If this process may call native code without a warning, and the library is installed. */
    static Optional<TurboJpeg> find() {
        return TurboJpeg.class.getModule().isNativeAccessEnabled() ? Library.FOUND : Optional.empty();
    }

    /** If it is installed, in a Linux of 64 bits. */
    static Optional<TurboJpeg> load() {
        if (ADDRESS.byteSize() != Long.BYTES) {
            return Optional.empty();
        }
        try {
            return Optional.of(new TurboJpeg(SymbolLookup.libraryLookup(LIBRARY, Arena.global())));
        } catch (IllegalArgumentException | NoSuchElementException absent) {
            return Optional.empty();
        }
    }

    /**
     * The pixels of a JPEG; fewer than it has, where that is enough for a copy of the target's size. Empty if it is one for ImageIO.
     *
     * @param size as its head says
     */
    Optional<Pixels> decode(byte[] jpeg, ImageSize size, ImageSize target) {
        var decoded = decoded(size, target);
        long length = (long) decoded.width() * decoded.height() * Pixels.CHANNELS;
        if (length > Integer.MAX_VALUE - Long.BYTES) {
            return Optional.empty();
        }
        // Ours first: what does not fit into the heap takes no native memory either.
        var bytes = new byte[(int) length];
        var pixels = new Pixels(decoded, bytes);
        try (var arena = Arena.ofConfined()) {
            var handle = (MemorySegment) initDecompress.invokeExact();
            if (handle.equals(MemorySegment.NULL)) {
                return Optional.empty();
            }
            try {
                var from = arena.allocateFrom(JAVA_BYTE, jpeg);
                if (!isPlain(handle, from, size, arena)) {
                    return Optional.empty();
                }
                var to = arena.allocate(length);
                int failed = (int) decompress.invokeExact(
                        handle,
                        from,
                        from.byteSize(),
                        to,
                        decoded.width(),
                        pixels.stride(),
                        decoded.height(),
                        TJPF_RGB,
                        TJFLAG_ACCURATEDCT | TJFLAG_STOPONWARNING);
                if (failed != 0) {
                    return Optional.empty();
                }
                MemorySegment.copy(to, JAVA_BYTE, 0, bytes, 0, bytes.length);
                return Optional.of(pixels);
            } finally {
                int _ = (int) destroy.invokeExact(handle);
            }
        } catch (Throwable thrown) {
            throw unchecked(thrown);
        }
    }

    /** The smallest size that it can be decoded to and that is larger enough than the target, in both directions. */
    private static ImageSize decoded(ImageSize size, ImageSize target) {
        for (int part : PARTS) {
            var smaller = new ImageSize(size.width() / part, size.height() / part);
            // Else its last pixels would stand for less than others, and all would be shifted a little.
            boolean even = smaller.width() * part == size.width() && smaller.height() * part == size.height();
            if (even && smaller.width() >= MARGIN * target.width() && smaller.height() >= MARGIN * target.height()) {
                return smaller;
            }
        }
        return size;
    }

    /** Whether it means the same to everybody; without the mark of JFIF, ImageIO can take three equal channels for RGB. */
    private boolean isPlain(MemorySegment handle, MemorySegment jpeg, ImageSize size, Arena arena) throws Throwable {
        var width = arena.allocate(JAVA_INT);
        var height = arena.allocate(JAVA_INT);
        var sampling = arena.allocate(JAVA_INT);
        var colours = arena.allocate(JAVA_INT);
        int failed =
                (int) decompressHeader.invokeExact(handle, jpeg, jpeg.byteSize(), width, height, sampling, colours);
        if (failed != 0 || !size.equals(new ImageSize(width.get(JAVA_INT, 0), height.get(JAVA_INT, 0)))) {
            return false;
        }
        return switch (colours.get(JAVA_INT, 0)) {
            case TJCS_GRAY -> true;
            case TJCS_YCBCR -> sampling.get(JAVA_INT, 0) != TJSAMP_444 || isJfif(jpeg);
            default -> false;
        };
    }

    /** {@code ff d8 ff e0 length "JFIF"}. */
    private static boolean isJfif(MemorySegment jpeg) {
        byte[] start = jpeg.asSlice(0, Math.min(jpeg.byteSize(), 10)).toArray(JAVA_BYTE);
        return start.length == 10
                && start[3] == (byte) 0xe0
                && start[6] == 'J'
                && start[7] == 'F'
                && start[8] == 'I'
                && start[9] == 'F';
    }

    /**
     * A JPEG with half of the colours' width and height, as ImageIO makes it.
     *
     * @param quality 1 to 100
     */
    byte[] encode(Pixels pixels, int quality) throws IOException {
        try (var arena = Arena.ofConfined()) {
            // Where the library tells what it has allocated.
            var made = arena.allocate(ADDRESS);
            var length = arena.allocate(JAVA_LONG);
            var handle = (MemorySegment) initCompress.invokeExact();
            if (handle.equals(MemorySegment.NULL)) {
                throw new IOException("no memory for an encoder of JPEG");
            }
            try {
                int failed = (int) compress.invokeExact(
                        handle,
                        arena.allocateFrom(JAVA_BYTE, pixels.bytes()),
                        pixels.size().width(),
                        pixels.stride(),
                        pixels.size().height(),
                        TJPF_RGB,
                        made,
                        length,
                        TJSAMP_420,
                        quality,
                        TJFLAG_ACCURATEDCT);
                if (failed != 0) {
                    throw new IOException("cannot be written as JPEG: " + error(handle));
                }
                return made.get(ADDRESS, 0)
                        .reinterpret(length.get(JAVA_LONG, 0))
                        .toArray(JAVA_BYTE);
            } finally {
                free.invokeExact(made.get(ADDRESS, 0));
                int _ = (int) destroy.invokeExact(handle);
            }
        } catch (IOException failure) {
            throw failure;
        } catch (Throwable thrown) {
            throw unchecked(thrown);
        }
    }

    private String error(MemorySegment handle) throws Throwable {
        var text = (MemorySegment) errorText.invokeExact(handle);
        return text.reinterpret(Long.MAX_VALUE).getString(0);
    }

    /** What invokeExact declares; C throws nothing. */
    private static RuntimeException unchecked(Throwable thrown) {
        if (thrown instanceof Error error) {
            throw error;
        }
        return thrown instanceof RuntimeException exception ? exception : new IllegalStateException(thrown);
    }
}
