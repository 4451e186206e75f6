package org.ppflow.data.encode;

/** What to do about a picture that cannot be decoded. */
public enum OnError {
    /** End with a list of them; nothing of their shard is written. */
    FAIL("fail"),
    /** Go on without them; shard and manifest name them. */
    SKIP("skip");

    private final String id;

    OnError(String id) {
        this.id = id;
    }

    @Override
    public String toString() {
        return id;
    }
}
