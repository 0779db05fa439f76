package dev.fovea.architectures.page;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.util.Random;

/// A bird on a branch, painted, so that the picture of S3N needs nobody's photograph.
final class PaintedBird {

    private static final int SIDE = 448;

    private PaintedBird() {}

    /// 448 x 448 pixels, RGB, always the same.
    static BufferedImage paint() {
        var image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
        Graphics2D g = image.createGraphics();
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        g.setPaint(new GradientPaint(0, 0, new Color(214, 226, 232), 0, SIDE, new Color(176, 198, 170)));
        g.fillRect(0, 0, SIDE, SIDE);
        background(g);
        branch(g);
        tail(g);
        body(g);
        head(g);
        g.dispose();
        return image;
    }

    private static void background(Graphics2D g) {
        var random = new Random(7);
        for (int i = 0; i < 60; i++) {
            int green = 150 + random.nextInt(60);
            g.setColor(new Color(green - 40, green, green - 60, 70));
            double size = 20 + random.nextDouble() * 70;
            g.fill(new Ellipse2D.Double(random.nextDouble() * SIDE - 30, random.nextDouble() * SIDE - 30, size, size));
        }
    }

    private static void branch(Graphics2D g) {
        g.setStroke(new BasicStroke(17, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        g.setColor(new Color(96, 72, 54));
        g.draw(curve(-10, 372, 150, 318, 300, 352, 470, 318));
        g.setStroke(new BasicStroke(4));
        g.setColor(new Color(139, 108, 82));
        g.draw(curve(-10, 367, 150, 313, 300, 347, 470, 313));
        leaf(g, 60, 352, -2.2);
        leaf(g, 110, 342, -0.9);
        leaf(g, 392, 330, -1.1);
        leaf(g, 350, 342, 1.3);
    }

    private static void leaf(Graphics2D g, double x, double y, double angle) {
        Shape leaf = new Ellipse2D.Double(0, -11, 58, 22);
        AffineTransform place = AffineTransform.getTranslateInstance(x, y);
        place.rotate(angle);
        g.setColor(new Color(74, 124, 62));
        g.fill(place.createTransformedShape(leaf));
        g.setStroke(new BasicStroke(2));
        g.setColor(new Color(120, 164, 96));
        g.draw(place.createTransformedShape(curve(2, 0, 20, -2, 40, 2, 56, 0)));
    }

    private static void tail(Graphics2D g) {
        for (int i = 0; i < 4; i++) {
            var feather = new Path2D.Double();
            feather.moveTo(150, 262 + i * 3);
            feather.lineTo(58 + i * 9, 372 + i * 7);
            feather.lineTo(76 + i * 9, 380 + i * 7);
            feather.lineTo(178, 282);
            feather.closePath();
            g.setColor(new Color(44 + 14 * i, 62 + 14 * i, 96 + 14 * i));
            g.fill(feather);
        }
    }

    private static void body(Graphics2D g) {
        AffineTransform tilt = AffineTransform.getRotateInstance(-0.5, 212, 242);
        g.setPaint(new GradientPaint(150, 190, new Color(70, 98, 146), 250, 320, new Color(222, 142, 74)));
        g.fill(tilt.createTransformedShape(new Ellipse2D.Double(118, 176, 190, 132)));
        for (int i = 0; i < 5; i++) {
            g.setColor(new Color(40 + 16 * i, 58 + 16 * i, 100 + 16 * i));
            g.fill(tilt.createTransformedShape(
                    new Ellipse2D.Double(112 + 9 * i, 196 + 9 * i, 128 - 16 * i, 58 - 7 * i)));
        }
        g.setStroke(new BasicStroke(5, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        g.setColor(new Color(84, 60, 44));
        g.draw(curve(208, 300, 206, 312, 206, 322, 204, 332));
        g.draw(curve(236, 296, 238, 310, 238, 320, 240, 334));
    }

    private static void head(Graphics2D g) {
        g.setColor(new Color(60, 88, 140));
        g.fill(new Ellipse2D.Double(236, 96, 108, 104));
        g.setColor(new Color(240, 232, 220));
        g.fill(new Ellipse2D.Double(286, 132, 52, 44));
        g.setColor(new Color(206, 92, 48));
        g.fill(new Ellipse2D.Double(262, 168, 66, 44));
        g.setColor(new Color(250, 250, 246));
        g.fill(new Ellipse2D.Double(290, 122, 28, 28));
        g.setColor(new Color(18, 18, 22));
        g.fill(new Ellipse2D.Double(296, 127, 19, 19));
        g.setColor(Color.WHITE);
        g.fill(new Ellipse2D.Double(306, 130, 6, 6));
        var bill = new Path2D.Double();
        bill.moveTo(336, 138);
        bill.lineTo(394, 154);
        bill.lineTo(334, 168);
        bill.closePath();
        g.setColor(new Color(232, 178, 62));
        g.fill(bill);
        g.setStroke(new BasicStroke(2));
        g.setColor(new Color(120, 86, 30));
        g.draw(curve(336, 153, 352, 154, 370, 154, 390, 154));
    }

    private static Shape curve(double... xy) {
        var path = new Path2D.Double();
        path.moveTo(xy[0], xy[1]);
        path.curveTo(xy[2], xy[3], xy[4], xy[5], xy[6], xy[7]);
        return path;
    }
}
