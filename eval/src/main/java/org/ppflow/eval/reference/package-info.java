/**
 * Reference files as ADM has them: pictures for precision and recall beside statistics of a whole data set. Depends on {@code images}.
 */
@NullMarked
package org.ppflow.eval.reference;

import org.jspecify.annotations.NullMarked;
