/**
 * Figures for papers: charts of cost against quality, grids of samples, drawings of packing and patchification. A figure is a function of plain values,
 * apart from how they were computed: it makes a {@link org.ppflow.app.figure.Drawing}, a list of marks in points that
 * {@link org.ppflow.app.figure.Figure} writes as SVG and PNG. Nothing of it asks the machine for fonts, a display or a native library, so the same values give
 * the same bytes everywhere. Depends on {@code published}, {@code flow.level} and {@code nn}.
 */
@NullMarked
package org.ppflow.app.figure;

import org.jspecify.annotations.NullMarked;
