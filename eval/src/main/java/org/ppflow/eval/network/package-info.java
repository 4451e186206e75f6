/**
 * Networks of others as feature networks: frozen graphs and SavedModels, run as they are. Depends on {@code feature}, {@code images} and
 * {@code nn}.
 */
@NullMarked
package org.ppflow.eval.network;

import org.jspecify.annotations.NullMarked;
