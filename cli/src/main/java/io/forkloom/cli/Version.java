package io.forkloom.cli;

import picocli.CommandLine.IVersionProvider;

/** Which Forkloom this is; the number stands in the jar's manifest. */
public final class Version implements IVersionProvider {

    public static String number() {
        String version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    @Override
    public String[] getVersion() {
        return new String[] {"forkloom " + number() + " (Java " + Runtime.version() + ")"};
    }
}
