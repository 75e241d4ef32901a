/** What pools tell about themselves: plain records, importable by every layer. */
@NullMarked
package io.forkloom.event;

import org.jspecify.annotations.NullMarked;
