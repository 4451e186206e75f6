package org.ppflow.eval.cache;

import java.nio.file.Path;

/** Where features and results are kept unless a person says otherwise. */
public final class UserCache {
    private UserCache() {}

    /** {@code ppflow/evaluate} in {@code $XDG_CACHE_HOME}, which is {@code ~/.cache} where it is not set. */
    public static Path folder() {
        String base = System.getenv("XDG_CACHE_HOME");
        Path caches =
                base == null || base.isEmpty() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(base);
        return caches.resolve("ppflow").resolve("evaluate");
    }
}
