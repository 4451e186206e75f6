package org.ppflow.app.figure;

import java.awt.geom.PathIterator;
import java.io.StringWriter;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Writes a drawing as SVG 1.1 that needs nothing else: letters are outlines, pictures are inside. */
final class SvgFile {
    private static final String SVG = "http://www.w3.org/2000/svg";
    private static final String XLINK = "http://www.w3.org/1999/xlink";
    private static final double UNITS = 100;
    private static final double PICTURE_DENSITY = 72;

    private final StringWriter text = new StringWriter();
    private final XMLStreamWriter xml;

    private SvgFile() throws XMLStreamException {
        xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
    }

    /** The document. Lengths are points, rounded to a hundredth. */
    static String write(Figure figure) {
        try {
            SvgFile file = new SvgFile();
            file.document(figure);
            return file.text.toString();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("the drawing cannot be written as XML", e);
        }
    }

    private void document(Figure figure) throws XMLStreamException {
        Drawing drawing = figure.drawing();
        xml.writeStartDocument("UTF-8", "1.0");
        line();
        xml.writeStartElement("svg");
        xml.writeDefaultNamespace(SVG);
        xml.writeNamespace("xlink", XLINK);
        Region page = drawing.page();
        xml.writeAttribute("width", number(page.width()) + "pt");
        xml.writeAttribute("height", number(page.height()) + "pt");
        xml.writeAttribute(
                "viewBox",
                number(page.x()) + " " + number(page.y()) + " " + number(page.width()) + " " + number(page.height()));
        xml.writeAttribute("role", "img");
        line();
        xml.writeStartElement("title");
        xml.writeCharacters(figure.title());
        xml.writeEndElement();
        line();
        area(page, Colour.WHITE);
        for (Mark mark : drawing.marks()) {
            write(mark);
        }
        xml.writeEndElement();
        line();
        xml.writeEndDocument();
    }

    private void write(Mark mark) throws XMLStreamException {
        if (mark instanceof Mark.Area filled) {
            area(filled.bounds(), filled.colour());
        } else if (mark instanceof Mark.Polygon polygon) {
            empty(
                    "polygon",
                    "points",
                    points(polygon.corners()),
                    "fill",
                    polygon.colour().hex());
        } else if (mark instanceof Mark.Disc disc) {
            empty(
                    "circle",
                    "cx",
                    number(disc.centre().x()),
                    "cy",
                    number(disc.centre().y()),
                    "r",
                    number(disc.radius()),
                    "fill",
                    disc.colour().hex());
        } else if (mark instanceof Mark.Line stroke) {
            stroke(stroke);
        } else if (mark instanceof Mark.Label label) {
            empty(
                    "path",
                    "d",
                    path(label.outline().getPathIterator(null)),
                    "fill",
                    label.colour().hex(),
                    "aria-label",
                    label.text());
        } else if (mark instanceof Mark.Picture picture) {
            picture(picture);
        }
    }

    private void area(Region region, Colour colour) throws XMLStreamException {
        empty(
                "rect",
                "x",
                number(region.x()),
                "y",
                number(region.y()),
                "width",
                number(region.width()),
                "height",
                number(region.height()),
                "fill",
                colour.hex());
    }

    private void stroke(Mark.Line stroke) throws XMLStreamException {
        xml.writeEmptyElement("polyline");
        attributes(
                "points",
                points(stroke.points()),
                "fill",
                "none",
                "stroke",
                stroke.colour().hex(),
                "stroke-width",
                number(stroke.width()),
                "stroke-linejoin",
                "round");
        if (stroke.dash() != Mark.Dash.SOLID) {
            attributes(
                    "stroke-dasharray",
                    number(stroke.dash().on()) + " " + number(stroke.dash().off()));
        }
        line();
    }

    /** Small pictures are shown pixel by pixel, as in the PNG, where viewers would smooth them. */
    private void picture(Mark.Picture picture) throws XMLStreamException {
        byte[] png = PngFile.encode(picture.pixels(), PICTURE_DENSITY);
        xml.writeEmptyElement("image");
        attributes(
                "x",
                number(picture.bounds().x()),
                "y",
                number(picture.bounds().y()),
                "width",
                number(picture.bounds().width()),
                "height",
                number(picture.bounds().height()),
                "preserveAspectRatio",
                "none");
        if (picture.pixels().width() < picture.bounds().width() * Figure.PIXELS_A_POINT) {
            attributes("image-rendering", "pixelated");
        }
        xml.writeAttribute(
                "xlink",
                XLINK,
                "href",
                "data:image/png;base64," + Base64.getEncoder().encodeToString(png));
        line();
    }

    private void empty(String name, String... attributes) throws XMLStreamException {
        xml.writeEmptyElement(name);
        attributes(attributes);
        line();
    }

    private void attributes(String... namesAndValues) throws XMLStreamException {
        for (int i = 0; i < namesAndValues.length; i += 2) {
            xml.writeAttribute(namesAndValues[i], namesAndValues[i + 1]);
        }
    }

    private void line() throws XMLStreamException {
        xml.writeCharacters("\n");
    }

    private static String points(List<Point> points) {
        return points.stream()
                .map(point -> number(point.x()) + "," + number(point.y()))
                .collect(Collectors.joining(" "));
    }

    private static String path(PathIterator path) {
        StringBuilder data = new StringBuilder();
        double[] place = new double[6];
        for (; !path.isDone(); path.next()) {
            int kind = path.currentSegment(place);
            int values = switch (kind) {
                case PathIterator.SEG_MOVETO, PathIterator.SEG_LINETO -> 2;
                case PathIterator.SEG_QUADTO -> 4;
                case PathIterator.SEG_CUBICTO -> 6;
                default -> 0;
            };
            data.append("MLQCZ".charAt(kind));
            for (int i = 0; i < values; i++) {
                data.append(i == 0 ? "" : " ").append(number(place[i]));
            }
        }
        return data.toString();
    }

    /** Two places after the point, without zeros at the end. */
    static String number(double value) {
        long hundredths = Math.round(value * UNITS);
        String sign = hundredths < 0 ? "-" : "";
        long whole = Math.abs(hundredths) / (long) UNITS;
        long part = Math.abs(hundredths) % (long) UNITS;
        if (part == 0) {
            return sign + whole;
        }
        return sign + whole + (part % 10 == 0 ? "." + part / 10 : (part < 10 ? ".0" : ".") + part);
    }
}
