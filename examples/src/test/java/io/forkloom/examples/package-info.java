@NullMarked
package io.forkloom.examples;

import org.jspecify.annotations.NullMarked;
