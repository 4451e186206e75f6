/**
 * Tables of results, apart from how they are computed. Depends on nothing.
 */
@NullMarked
package org.ppflow.app.table;

import org.jspecify.annotations.NullMarked;
