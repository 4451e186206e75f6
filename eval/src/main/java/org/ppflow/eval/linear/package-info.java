/**
 * Dense linear algebra in fp64 on OpenBLAS: products, Cholesky factors, eigenvalues, singular values; and the fp32 dot product
 * of the protocol {@code adm}. Knows nothing of what the
 * matrices mean. Depends on OpenBLAS alone.
 */
@NullMarked
package org.ppflow.eval.linear;

import org.jspecify.annotations.NullMarked;
