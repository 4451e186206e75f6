/**
 * Dense linear algebra in fp64 on OpenBLAS: products, Cholesky factors, eigenvalues, singular values. Knows nothing of what the
 * matrices mean. Depends on OpenBLAS alone.
 */
@NullMarked
package org.ppflow.eval.linear;

import org.jspecify.annotations.NullMarked;
