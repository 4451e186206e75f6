package org.ppflow.eval.neighbours;

/** Which rows of two sets are inside a ball of the other, by distances from reference images to samples. */
final class AdmCrossing {
    private final float[] referenceRadii;
    private final float[] sampleRadii;
    private final boolean[] referenceInside;
    private final boolean[] sampleInside;

    /** None found inside yet; radii are floats, squared. */
    AdmCrossing(double[] referenceRadii, double[] sampleRadii) {
        this.referenceRadii = floats(referenceRadii);
        this.sampleRadii = floats(sampleRadii);
        this.referenceInside = new boolean[referenceRadii.length];
        this.sampleInside = new boolean[sampleRadii.length];
    }

    private static float[] floats(double[] values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }

    /**
     * Looks at one tile, reference images in rows.
     *
     * @param normsU of all reference images
     * @param normsV of all samples
     */
    void see(Tile tile, float[] normsU, float[] normsV, BlockPrecision precision) {
        int firstRow = tile.rows().first();
        int firstColumn = tile.columns().first();
        int rows = tile.rows().count();
        int columns = tile.columns().count();
        float[] products = tile.products();
        tile.forEachRow(row -> {
            int index = firstRow + row;
            int start = tile.start(row);
            for (int j = 0; j < columns && !referenceInside[index]; j++) {
                float distance = precision.distance(normsU[index], products[start + j], normsV[firstColumn + j]);
                referenceInside[index] = distance <= sampleRadii[firstColumn + j];
            }
        });
        tile.forColumns((from, to) -> {
            for (int i = 0; i < rows; i++) {
                float own = normsU[firstRow + i];
                float radius = referenceRadii[firstRow + i];
                int start = tile.start(i);
                for (int j = from; j < to; j++) {
                    int index = firstColumn + j;
                    if (!sampleInside[index] && precision.distance(own, products[start + j], normsV[index]) <= radius) {
                        sampleInside[index] = true;
                    }
                }
            }
        });
    }

    boolean[] referenceInside() {
        return referenceInside.clone();
    }

    boolean[] sampleInside() {
        return sampleInside.clone();
    }
}
