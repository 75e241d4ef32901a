package io.forkloom.cli.crawl.fetch;

import io.forkloom.cli.crawl.source.WebAddress;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Reads one sitemap (sitemaps.org): XML or one address a line, compressed or not. Of one that is broken what stands
 * before the fault counts.
 */
final class SitemapFile {
    /** By the protocol; unpacked. */
    static final int MOST_BYTES = 50 << 20;
    /** By the protocol. */
    static final int MOST_ADDRESSES = 50_000;

    private static final int LONGEST_ADDRESS = 8_192;
    /** Of an address: in {@code url} or {@code sitemap}, which is in the root. Those of images stand deeper. */
    private static final int DEPTH = 3;

    private static final XMLInputFactory XML = factory();

    private final List<URI> addresses = new ArrayList<>();
    private boolean index;

    private SitemapFile() {}

    /**
     * What stands in it.
     *
     * @param isIndex whether the addresses are those of further sitemaps
     * @param problem what is wrong with it; empty where nothing is
     */
    record Content(boolean isIndex, List<URI> addresses, String problem) {}

    static Content parse(byte[] bytes) {
        var file = new SitemapFile();
        String problem = file.read(bytes);
        return new Content(file.index, file.addresses, problem);
    }

    /** No DTD, so no entities but XML's own, and nothing is ever fetched for it. */
    private static XMLInputFactory factory() {
        var factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        return factory;
    }

    private String read(byte[] bytes) {
        try (var in = new BufferedInputStream(unpacked(bytes))) {
            if (isXml(in)) {
                xml(in);
            } else {
                lines(in);
            }
            return "";
        } catch (XMLStreamException malformed) {
            return "is no well-formed XML in line " + malformed.getLocation().getLineNumber();
        } catch (IOException broken) {
            return String.valueOf(broken.getMessage());
        }
    }

    private static InputStream unpacked(byte[] bytes) throws IOException {
        boolean gzip = bytes.length > 2 && bytes[0] == 0x1f && bytes[1] == (byte) 0x8b;
        var plain = new ByteArrayInputStream(bytes);
        return gzip ? new BoundedStream(new GZIPInputStream(plain), MOST_BYTES) : plain;
    }

    /** By its first sign. White space and a byte order mark before it are passed over: XML allows neither there. */
    private static boolean isXml(InputStream in) throws IOException {
        int c;
        do {
            in.mark(1);
            c = in.read();
        } while (c >= 0 && (c <= ' ' || c == 0xef || c == 0xbb || c == 0xbf));
        in.reset();
        // The mark of UTF-16: the lists of addresses have to be in UTF-8.
        return c == '<' || c >= 0xfe;
    }

    private void xml(InputStream in) throws XMLStreamException {
        var reader = XML.createXMLStreamReader(in);
        try {
            int depth = 0;
            while (reader.hasNext() && addresses.size() < MOST_ADDRESSES) {
                switch (reader.next()) {
                    case XMLStreamConstants.START_ELEMENT -> {
                        depth++;
                        if (depth == 1) {
                            index = reader.getLocalName().equals("sitemapindex");
                        } else if (depth == DEPTH && reader.getLocalName().equals("loc")) {
                            add(text(reader));
                            depth--;
                        }
                    }
                    case XMLStreamConstants.END_ELEMENT -> depth--;
                    default -> {}
                }
            }
        } finally {
            reader.close();
        }
    }

    /** To the end of the element. Not getElementText, which collects without bound. */
    private static String text(XMLStreamReader reader) throws XMLStreamException {
        var text = new StringBuilder();
        int inner = 0;
        while (true) {
            switch (reader.next()) {
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> {
                    if (text.length() <= LONGEST_ADDRESS) {
                        text.append(reader.getText());
                    }
                }
                case XMLStreamConstants.START_ELEMENT -> inner++;
                case XMLStreamConstants.END_ELEMENT -> {
                    if (inner-- == 0) {
                        return text.toString();
                    }
                }
                default -> {}
            }
        }
    }

    private void lines(InputStream in) throws IOException {
        var reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        String line;
        while ((line = reader.readLine()) != null && addresses.size() < MOST_ADDRESSES) {
            add(line);
        }
    }

    private void add(String address) {
        WebAddress.tryParse(address).ifPresent(addresses::add);
    }
}
