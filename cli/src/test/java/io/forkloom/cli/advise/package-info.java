@NullMarked
package io.forkloom.cli.advise;

import org.jspecify.annotations.NullMarked;
