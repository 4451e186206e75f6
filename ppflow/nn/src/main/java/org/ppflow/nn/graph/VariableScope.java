package org.ppflow.nn.graph;

/**
 * A prefix of names in a store: {@code store.root().child("blocks").child(3).child("attn")} makes
 * {@code blocks.3.attn.…}.
 *
 * @param store where the variables are
 * @param prefix dotted names so far, empty at the root
 */
public record VariableScope(VariableStore store, String prefix) {
    /** The scope of a part. */
    public VariableScope child(String part) {
        return new VariableScope(store, join(part));
    }

    /** The scope of a numbered part. */
    public VariableScope child(int part) {
        return child(Integer.toString(part));
    }

    /**
     * A variable that is trained; created with this initialiser where the name is new.
     *
     * @throws IllegalArgumentException if the name exists with another shape
     */
    public Variable trainable(String name, Initializer initializer, int... shape) {
        return store.getOrCreate(join(name), true, initializer, shape);
    }

    /** A variable that is saved with the others and never trained. */
    public Variable fixed(String name, Initializer initializer, int... shape) {
        return store.getOrCreate(join(name), false, initializer, shape);
    }

    private String join(String part) {
        return prefix.isEmpty() ? part : prefix + "." + part;
    }
}
