package org.ppflow.flow.level;

import java.util.ArrayList;
import java.util.List;

/**
 * Which images lie in the rows of a matrix of tokens: groups of images of one level each, one group after the other, an image's tokens
 * together.
 *
 * @param groups at least one
 */
public record TokenLayout(List<Group> groups) {
    /**
     * Images of a level.
     *
     * @param level index
     * @param firstImage row of the batch where they begin
     * @param images how many
     * @param tokens of each
     */
    public record Group(int level, int firstImage, int images, int tokens) {
        /** Rows of the matrix. */
        public int rows() {
            return images * tokens;
        }
    }

    public TokenLayout {
        groups = List.copyOf(groups);
        if (groups.isEmpty()) {
            throw new IllegalArgumentException("groups: a layout needs at least one");
        }
    }

    /**
     * All images of a batch, level after level.
     *
     * @param tokens of an image of each level
     */
    public static TokenLayout of(BatchPlan plan, List<Integer> tokens) {
        List<Group> groups = new ArrayList<>();
        for (int level = 0; level < tokens.size(); level++) {
            groups.add(new Group(level, plan.offset(level), plan.count(level), tokens.get(level)));
        }
        return new TokenLayout(groups);
    }

    /** Rows in all. */
    public int rows() {
        return groups.stream().mapToInt(Group::rows).sum();
    }

    /** Row where a group begins. */
    public int firstRow(int group) {
        return groups.subList(0, group).stream().mapToInt(Group::rows).sum();
    }

    /** Tells layouts apart in names: {@code 0x8x64_8x8x256}. */
    public String key() {
        StringBuilder key = new StringBuilder();
        for (Group group : groups) {
            key.append(key.isEmpty() ? "" : "_")
                    .append(group.firstImage())
                    .append('x')
                    .append(group.images())
                    .append('x')
                    .append(group.tokens());
        }
        return key.toString();
    }
}
