/**
 * Where pictures come from: IDX files and the digits that ship with the toolkit. Depends on {@code picture}.
 */
@NullMarked
package org.ppflow.data.source;

import org.jspecify.annotations.NullMarked;
