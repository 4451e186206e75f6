package org.ppflow.app.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class FigureTest {
    private static final Pixels PICTURE = new Pixels(new byte[] {0, 64, (byte) 128, (byte) 255}, 2, 2, 1);

    @Test
    void everyKindOfMark_hasTheBytesOfEveryMachine() throws Exception {
        Figure figure = everyKindOfMark();

        // Written down on Linux, x86-64, OpenJDK 17: fonts, zlib, rasteriser and libm of another machine must not
        // change them.
        assertThat(sha256(figure.svg().getBytes(StandardCharsets.UTF_8)))
                .isEqualTo("bf51069735d46096412cd8e8e820e4ea896c0b4977ab27a3692a6b63e4aef870");
        assertThat(sha256(figure.png())).isEqualTo("6723d1861e3d1ef150333cb371d4851b45f32b9fe6d98b159f5e0db4816ea957");
    }

    @Test
    void svg_isXmlThatRefersToNothingOutside() throws Exception {
        Document document = parse(everyKindOfMark().svg());

        assertThat(document.getDocumentElement().getTagName()).isEqualTo("svg");
        assertThat(document.getElementsByTagName("title").item(0).getTextContent())
                .isEqualTo("every <kind> & \"mark\"");
        assertThat(document.getElementsByTagName("text").getLength()).isZero();
        NodeList all = document.getElementsByTagName("*");
        List<String> references = new ArrayList<>();
        for (int i = 0; i < all.getLength(); i++) {
            Element element = (Element) all.item(i);
            for (String name : List.of("href", "xlink:href", "src", "style")) {
                if (element.hasAttribute(name)) {
                    references.add(element.getAttribute(name));
                }
            }
        }
        assertThat(references).hasSize(1).allMatch(reference -> reference.startsWith("data:image/png;base64,"));
    }

    @Test
    void png_isReadByTheJdkAndHasTheSizeOfThePage() throws IOException {
        Figure figure = everyKindOfMark();

        BufferedImage image = ImageIO.read(new ByteArrayInputStream(figure.png()));

        assertThat(image.getWidth()).isEqualTo((100 + 4) * 4);
        assertThat(image.getHeight()).isEqualTo((60 + 4) * 4);
        assertThat(image.getRGB(0, 0)).isEqualTo(0xFFFFFFFF);
        // The middle of the blue rectangle from (0, 0) to (20, 10).
        assertThat(image.getRGB((2 + 10) * 4, (2 + 5) * 4)).isEqualTo(0xFF0072B2);
    }

    @Test
    void picture_showsItsPixelsUnsmoothed() throws IOException {
        Canvas canvas = new Canvas(20);
        canvas.add(new Mark.Picture(new Region(0, 0, 20, 20), PICTURE));
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(new Figure("x", canvas.drawing(20)).png()));

        assertThat(image.getRGB((2 + 1) * 4, (2 + 1) * 4)).isEqualTo(0xFF000000);
        assertThat(image.getRGB((2 + 9) * 4, (2 + 9) * 4)).isEqualTo(0xFF000000);
        assertThat(image.getRGB((2 + 11) * 4, (2 + 9) * 4)).isEqualTo(0xFF404040);
        assertThat(image.getRGB((2 + 11) * 4, (2 + 11) * 4)).isEqualTo(0xFFFFFFFF);
    }

    @Test
    void reducedPicture_isTheMeanOfWhatItCovers() {
        assertThat(PICTURE.resized(1, 1).values()).containsOnly((byte) Math.rint((0 + 64 + 128 + 255) / 4.0));
    }

    @Test
    void drawing_rejectsWhatWouldBeCutOff() {
        Canvas canvas = new Canvas(20);
        canvas.text("wider than twenty points", new Point(0, 8), Mark.Anchor.START);

        assertThatThrownBy(() -> canvas.drawing(20))
                .hasMessageContaining("wider than twenty points")
                .hasMessageContaining("leaves the page");
    }

    @Test
    void write_makesBothFilesAndTheirFolder(@TempDir Path folder) throws IOException {
        Figure figure = everyKindOfMark();

        List<Path> files = figure.write(folder.resolve("new").resolve("figure-1.2"));

        assertThat(files).containsExactly(folder.resolve("new/figure-1.2.svg"), folder.resolve("new/figure-1.2.png"));
        assertThat(files.get(0)).hasContent(figure.svg());
        assertThat(Files.readAllBytes(files.get(1))).isEqualTo(figure.png());
    }

    @Test
    void numbers_areAsShortAsTheyCanBe() {
        assertThat(List.of(0.0, 1.0, 1.5, 1.05, 1.999, -0.25, -0.001, 100.0))
                .extracting(SvgFile::number)
                .containsExactly("0", "1", "1.5", "1.05", "2", "-0.25", "0", "100");
    }

    private static Figure everyKindOfMark() {
        Canvas canvas = new Canvas(100);
        canvas.area(new Region(0, 0, 20, 10), Colour.series(0));
        canvas.add(new Mark.Polygon(List.of(new Point(30, 0), new Point(40, 9), new Point(25, 10)), Colour.series(1)));
        canvas.add(new Mark.Disc(new Point(55, 6), 5.3, Colour.series(2)));
        canvas.line(new Point(0, 20), new Point(90, 31), 0.7, Colour.INK);
        canvas.add(new Mark.Line(
                List.of(new Point(0, 30), new Point(50, 40), new Point(90, 33)), 1, Colour.MUTED, Mark.Dash.DASHED));
        canvas.frame(new Region(70, 2, 20, 8), 0.6, Colour.INK);
        canvas.title("Ångström ≤ −½ & <g>", new Point(0, 50), Mark.Anchor.START);
        canvas.upwards("up", new Point(99, 50), Mark.Anchor.END);
        canvas.add(new Mark.Picture(new Region(80, 45, 10, 10), PICTURE));
        return new Figure("every <kind> & \"mark\"", canvas.drawing(60));
    }

    private static Document parse(String svg) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        return factory.newDocumentBuilder().parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
    }

    private static String sha256(byte[] bytes) throws Exception {
        return HexFormat.of()
                .formatHex(java.security.MessageDigest.getInstance("SHA-256").digest(bytes));
    }
}
