/** What is measured: a file for each row, or for each few that one piece of work gives. */
@NullMarked
package io.forkloom.bench.rows;

import org.jspecify.annotations.NullMarked;
