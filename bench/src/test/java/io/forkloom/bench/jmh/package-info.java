/** Parts of the way of a task, each inside one JVM: {@code make jmh}. Not tests; Surefire does not see them. */
@NullMarked
package io.forkloom.bench.jmh;

import org.jspecify.annotations.NullMarked;
