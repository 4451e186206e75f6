/**
 * Where labelled pictures come from, one after the other in a fixed order, and which of them are kept out of training. May use
 * {@code data.picture}, {@code nn.errors} and {@code nn.files}.
 *
 * <p>Files come from strangers: what is wrong with one ends in a {@link org.ppflow.nn.errors.BadInputException} before the
 * first picture is handed out wherever the format allows it.
 */
@NullMarked
package org.ppflow.data.source;

import org.jspecify.annotations.NullMarked;
