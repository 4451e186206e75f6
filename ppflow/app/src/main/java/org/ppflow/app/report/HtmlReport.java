package org.ppflow.app.report;

import io.pebbletemplates.pebble.PebbleEngine;
import io.pebbletemplates.pebble.loader.ClasspathLoader;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Renders a report as one HTML page that needs nothing else: no network, pictures, styles and script inside. Its content security policy lets the browser load pictures out of the
 * page and run the page's own script, told by their hashes, and nothing more.
 */
public final class HtmlReport {
    private static final String FOLDER = "org/ppflow/app/report/";

    private HtmlReport() {}

    /** The page. The same model gives the same bytes. */
    public static String render(ReportModel model) throws IOException {
        PebbleEngine engine = new PebbleEngine.Builder()
                .loader(new ClasspathLoader(HtmlReport.class.getClassLoader()))
                .strictVariables(true)
                .autoEscaping(true)
                .build();
        String style = resource("report.css");
        String script = resource("report.js");
        Map<String, Object> values = new LinkedHashMap<>(new ReportView(model).values());
        values.put("style", style);
        values.put("script", script);
        values.put("styleHash", hash(style));
        values.put("scriptHash", hash(script));
        StringWriter page = new StringWriter();
        engine.getTemplate(FOLDER + "report.html").evaluate(page, values, Locale.ROOT);
        return page.toString();
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = HtmlReport.class.getClassLoader().getResourceAsStream(FOLDER + name)) {
            if (in == null) {
                throw new IOException(FOLDER + name + " is missing from the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** As a content security policy wants it: of what stands between the tags, to the byte. */
    private static String hash(String content) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
            return "sha256-" + Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has it
        }
    }
}
