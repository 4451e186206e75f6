/**
 * Python pickles, read without executing anything and written for what weight files need. What a pickle may name is a list that
 * the caller gives; all else is an error that names it. May use {@code nn.errors}.
 *
 * <p>Not a library: the ones for the JVM build objects for any name a stranger writes and believe the lengths they are told,
 * and this is the door at which strangers' files come in.
 */
@NullMarked
package org.ppflow.nn.pickle;

import org.jspecify.annotations.NullMarked;
