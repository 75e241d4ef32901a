package io.forkloom.internal.codec;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InvalidClassException;
import java.io.ObjectInputStream;
import java.io.ObjectStreamClass;
import java.io.ObjectStreamField;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An object stream that reads what {@link Encoder} wrote, through a filter; its errors say what could not be read. */
final class Decoder implements AutoCloseable {
    private final Stream in;

    Decoder(byte[] bytes, int from, String accepted, ClassLoader loader) throws IOException {
        in = new Stream(new ByteArrayInputStream(bytes, from, bytes.length - from), loader);
        in.setObjectInputFilter(Filters.of(accepted));
    }

    /** @param what what the object is for the user: "argument 1 of Pages::parse" */
    @Nullable
    Object read(String what) throws CodecException {
        try {
            return in.readObject();
        } catch (ClassNotFoundException e) {
            throw new CodecException(
                    what + " cannot be read: class " + e.getMessage() + in.where(String.valueOf(e.getMessage()))
                            + " is not on the class path of this JVM",
                    e);
        } catch (InvalidClassException e) {
            throw new CodecException(what + " cannot be read: " + in.refused(e), e);
        } catch (StackOverflowError e) {
            throw new CodecException(what + " is nested too deeply to be read", e);
        } catch (IOException | RuntimeException | LinkageError | AssertionError e) {
            throw new CodecException(what + " cannot be read" + in.last() + ": " + Words.of(e), e);
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    private static final class Stream extends ObjectInputStream {
        private final ClassLoader loader;
        private final List<ObjectStreamClass> descriptors = new ArrayList<>();

        Stream(ByteArrayInputStream in, ClassLoader loader) throws IOException {
            super(in);
            this.loader = loader;
        }

        @Override
        protected ObjectStreamClass readClassDescriptor() throws IOException, ClassNotFoundException {
            var descriptor = super.readClassDescriptor();
            descriptors.add(descriptor);
            return descriptor;
        }

        @Override
        protected Class<?> resolveClass(ObjectStreamClass descriptor) throws IOException, ClassNotFoundException {
            try {
                return Class.forName(descriptor.getName(), false, loader);
            } catch (ClassNotFoundException e) {
                return super.resolveClass(descriptor); // names of primitive types, which forName does not know
            }
        }

        @Override
        protected Class<?> resolveProxyClass(String[] interfaces) throws IOException {
            throw new InvalidClassException(String.join(", ", interfaces), "dynamic proxies are not accepted");
        }

        /** Names the field of this type, where a class that was read has one. */
        String where(String type) {
            String signature = "L" + type.replace('.', '/') + ";";
            for (var descriptor : descriptors) {
                for (ObjectStreamField field : descriptor.getFields()) {
                    if (signature.equals(field.getTypeString())) {
                        return " (field `" + field.getName() + "` of " + descriptor.getName() + ")";
                    }
                }
            }
            return "";
        }

        /** The filter says only "REJECTED": the class that it saw last is the one. */
        String refused(InvalidClassException e) {
            if (!String.valueOf(e.getMessage()).contains("REJECTED")) {
                return String.valueOf(e.getMessage());
            }
            String type = last().replace(" at class ", "");
            return "the serialisation filter refuses class " + type + where(type)
                    + ", or the size or depth of the data. Where it is yours, accept(...) it when the pool is opened";
        }

        String last() {
            return Optional.of(descriptors)
                    .filter(all -> !all.isEmpty())
                    .map(all -> " at class " + all.getLast().getName())
                    .orElse("");
        }
    }
}
