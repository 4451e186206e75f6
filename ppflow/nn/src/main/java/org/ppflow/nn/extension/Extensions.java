package org.ppflow.nn.extension;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.ppflow.nn.errors.BadInputException;
import org.ppflow.nn.files.ContentHash;

/**
 * What the class path has of a kind, beside what is built in. A class is found when a file {@code META-INF/services/TYPE} on the class path names it,
 * and it has a public constructor without parameters. Looked for once, when first asked; names that are taken, and classes that do not load, are refused
 * then.
 *
 * @param <T> what they implement
 */
public final class Extensions<T> {
    /** The environment variable by which {@code bin/ppflow} takes them. */
    public static final String VARIABLE = "PPFLOW_EXTENSIONS";

    private static final String NAME = "[A-Za-z0-9][A-Za-z0-9._-]*";

    private final Class<T> type;
    private final String kind;
    private final Function<T, List<String>> names;
    private final Set<String> builtIn;
    private @Nullable Map<String, Found<T>> found;

    private record Found<T>(ServiceLoader.Provider<T> provider, Extension extension) {}

    /**
     * Extensions of a kind.
     *
     * @param type what they implement
     * @param kind its name for people
     * @param names under which one of them can be asked for, at least one
     * @param builtIn names that are taken
     */
    public Extensions(Class<T> type, String kind, Function<T, List<String>> names, Collection<String> builtIn) {
        this.type = type;
        this.kind = kind;
        this.names = names;
        this.builtIn = Set.copyOf(builtIn);
    }

    /**
     * All names, in the order of the class path.
     *
     * @throws BadInputException if the class path has one that cannot be used, here and below
     */
    public List<String> names() {
        return List.copyOf(found().keySet());
    }

    /** A new one of that name; empty where there is none. */
    public Optional<T> named(String name) {
        return Optional.ofNullable(found().get(name)).map(known -> instance(known.provider()));
    }

    /** Where the one of that name comes from; empty where there is none. */
    public Optional<Extension> origin(String name) {
        return Optional.ofNullable(found().get(name)).map(Found::extension);
    }

    /** All of them, one for each name. */
    public List<Extension> all() {
        return found().values().stream().map(Found::extension).toList();
    }

    private synchronized Map<String, Found<T>> found() {
        Map<String, Found<T>> known = found;
        if (known == null) {
            known = search();
            found = known;
        }
        return known;
    }

    private Map<String, Found<T>> search() {
        Map<String, Found<T>> all = new LinkedHashMap<>();
        for (ServiceLoader.Provider<T> provider : providers()) {
            String owner = provider.type().getName();
            Path code = code(provider.type());
            String sha256 = hash(code);
            for (String name : namesOf(provider)) {
                if (!name.matches(NAME)) {
                    throw refused(owner, "the name '" + name + "'", "letters, digits, . _ -");
                }
                if (builtIn.contains(name)) {
                    throw refused(owner, "the name '" + name + "', which is the toolkit's own", "another name");
                }
                Found<T> added = new Found<>(provider, new Extension(kind, name, code.toString(), sha256));
                Found<T> other = all.putIfAbsent(name, added);
                if (other != null) {
                    throw refused(
                            owner,
                            "the name '" + name + "', which "
                                    + other.provider().type().getName() + " of "
                                    + other.extension().location() + " has too",
                            "one of the two on the class path");
                }
            }
        }
        return all;
    }

    private List<ServiceLoader.Provider<T>> providers() {
        try {
            return ServiceLoader.load(type).stream().toList();
        } catch (ServiceConfigurationError | LinkageError e) {
            throw broken(type.getName(), e);
        }
    }

    /** Asking runs code that is not ours: whatever it throws, it is that code's fault. */
    private List<String> namesOf(ServiceLoader.Provider<T> provider) {
        T added = instance(provider);
        try {
            return List.copyOf(names.apply(added));
        } catch (RuntimeException | LinkageError e) {
            throw broken(provider.type().getName(), e);
        }
    }

    private T instance(ServiceLoader.Provider<T> provider) {
        try {
            return provider.get();
        } catch (ServiceConfigurationError | LinkageError e) {
            throw broken(provider.type().getName(), e);
        }
    }

    private BadInputException broken(String owner, Throwable e) {
        List<String> reasons = new ArrayList<>();
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            reasons.add(String.valueOf(cause.getMessage()));
        }
        return BadInputException.at(kind + " " + owner)
                .found("an extension that does not load (" + String.join(": ", reasons) + ")")
                .expected("a class that implements " + type.getName()
                        + ", with a public constructor without parameters, compiled against this version for this Java")
                .advice("compile it again, or take it out of " + VARIABLE)
                .cause(e)
                .build();
    }

    private BadInputException refused(String owner, String what, String expected) {
        return BadInputException.at(kind + " " + owner)
                .found("an extension with " + what)
                .expected(expected)
                .advice("change it, or take it out of " + VARIABLE)
                .build();
    }

    private static Path code(Class<?> owner) {
        CodeSource source = owner.getProtectionDomain().getCodeSource();
        try {
            if (source != null && source.getLocation() != null) {
                return Path.of(source.getLocation().toURI());
            }
        } catch (URISyntaxException | IllegalArgumentException | FileSystemNotFoundException e) {
            throw unknownCode(owner, e);
        }
        throw unknownCode(owner, null);
    }

    private static BadInputException unknownCode(Class<?> owner, @Nullable Exception cause) {
        BadInputException.Builder problem = BadInputException.at(owner.getName())
                .found("an extension that lies in no file")
                .expected("a jar or a folder of classes, whose bytes go into provenance");
        if (cause != null) {
            problem.cause(cause);
        }
        return problem.build();
    }

    private static String hash(Path code) {
        try {
            return ContentHash.of(code);
        } catch (IOException e) {
            throw BadInputException.at(code.toString())
                    .found("an extension that cannot be read (" + e.getMessage() + ")")
                    .expected("a jar or a folder of classes")
                    .cause(e)
                    .build();
        }
    }
}
