package io.forkloom.examples;

import java.util.List;

/**
 * A program of this module that {@code forkloom example} can run.
 *
 * @param id its row in the inventory of features, for example {@code C3}
 * @param name what a user calls it: lower case, words joined by hyphens
 * @param about one line
 * @param mainClass the class with its {@code main}
 * @param jvmOptions what its JVM has to be told; nearly none needs anything
 */
public record Example(String id, String name, String about, String mainClass, List<String> jvmOptions) {}
