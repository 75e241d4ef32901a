package io.forkloom.internal.wire;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What a class loader of the program has: a class file, or anything else.
 *
 * @param url where it was found, in the program's words; cut where it is very long
 */
public record Resource(String url, byte[] content) {
    /** Of characters, up to three bytes each; writeUTF takes 65,535. */
    private static final int LONGEST_URL = 20_000;

    public Resource {
        url = url.substring(0, Math.min(url.length(), LONGEST_URL));
    }

    public static byte[] toBytes(List<Resource> resources) {
        var bytes = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(bytes)) {
            for (var each : resources) {
                out.writeUTF(each.url);
                out.writeInt(each.content.length);
                out.write(each.content);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    public static List<Resource> of(byte[] bytes) throws IOException {
        var resources = new ArrayList<Resource>();
        try (var in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            while (in.available() > 0) {
                String url = in.readUTF();
                int length = in.readInt();
                if (length < 0 || length > in.available()) {
                    throw new ProtocolException(
                            "a resource claims " + length + " bytes, " + in.available() + " are left");
                }
                resources.add(new Resource(url, in.readNBytes(length)));
            }
        }
        return resources;
    }
}
