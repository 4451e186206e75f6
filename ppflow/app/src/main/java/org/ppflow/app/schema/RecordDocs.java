package org.ppflow.app.schema;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the Javadoc of a record says of its components. The sources of the records that configs are made of lie in the jar as well, so that a key is described in
 * one place.
 */
final class RecordDocs {
    private static final Pattern PARAMETER =
            Pattern.compile("@param (\\w+) ((?:(?!@param |@throws |@return ).)*)", Pattern.DOTALL);
    private static final Pattern CONSTANT = Pattern.compile("\\{@value #(\\w+)}");
    private static final Pattern INLINE = Pattern.compile("\\{@(?:code|link) #?([^}]*)}");

    private final Map<Class<?>, Map<String, String>> known = new HashMap<>();
    private final Map<Class<?>, String> summaries = new HashMap<>();

    /**
     * What a component is.
     *
     * @throws IllegalStateException if the source is not on the class path, or says nothing of it
     */
    String component(Class<?> record, String name) {
        String text = read(record).get(name);
        if (text == null) {
            throw new IllegalStateException(record.getSimpleName() + " does not say what its '" + name + "' is");
        }
        return text;
    }

    /** What the record is: the first sentence of its Javadoc. */
    String summary(Class<?> record) {
        read(record);
        return summaries.getOrDefault(record, record.getSimpleName());
    }

    private Map<String, String> read(Class<?> record) {
        return known.computeIfAbsent(record, this::parse);
    }

    private Map<String, String> parse(Class<?> record) {
        String source = source(record);
        int declared = declaration(record, source);
        int end = source.lastIndexOf("*/", declared);
        int start = source.lastIndexOf("/**", end);
        if (start < 0 || end < 0) {
            throw new IllegalStateException(record.getSimpleName() + " has no Javadoc");
        }
        String doc = plain(source.substring(start + 3, end), source);
        int parameters = doc.indexOf("@param ");
        String prose = parameters < 0 ? doc : doc.substring(0, parameters);
        summaries.put(record, prose.split("(?<=\\.) ", 2)[0].strip());
        Map<String, String> components = new HashMap<>();
        Matcher matcher = PARAMETER.matcher(doc);
        while (matcher.find()) {
            components.put(matcher.group(1), matcher.group(2).strip());
        }
        return components;
    }

    private static int declaration(Class<?> record, String source) {
        Matcher matcher =
                Pattern.compile("\\brecord " + record.getSimpleName() + "\\(").matcher(source);
        if (!matcher.find()) {
            throw new IllegalStateException("no record " + record.getSimpleName() + " in its source");
        }
        return matcher.start();
    }

    private static String source(Class<?> record) {
        Class<?> file = record;
        while (file.getDeclaringClass() != null) {
            file = file.getDeclaringClass();
        }
        String name = "/sources/" + file.getName().replace('.', '/') + ".java";
        try (InputStream in = RecordDocs.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is not on the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException("cannot read " + name, e);
        }
    }

    /** One line without the marks of Javadoc; constants are their values. */
    private static String plain(String doc, String source) {
        String text = doc.replaceAll("\\s*\\n\\s*\\*? ?", " ").replaceAll("<[a-z/]+>", "");
        Matcher constants = CONSTANT.matcher(text);
        text = constants.replaceAll(found -> Matcher.quoteReplacement(constant(found.group(1), source)));
        return INLINE.matcher(text).replaceAll("$1").replaceAll("\\s+", " ").strip();
    }

    private static String constant(String name, String source) {
        Matcher value = Pattern.compile("\\b" + name + " = \"?([^\";]*)\"?;").matcher(source);
        return value.find() ? value.group(1) : name;
    }
}
