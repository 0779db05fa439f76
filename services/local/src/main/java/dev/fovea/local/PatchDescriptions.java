package dev.fovea.local;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.fovea.imaging.Image;
import dev.fovea.imaging.drawing.MatchPicture;
import dev.fovea.imaging.patch.Homography;
import dev.fovea.local.drawing.KeypointPicture;
import dev.fovea.proto.v1.PatchDescriptionResult;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What becomes of patch descriptions: keypoints are counted and drawn, neighbouring images are matched.
final class PatchDescriptions implements Reception {

    private final Studio studio;
    private final Screen screen;
    private final ViewPairs<DescribedImage> pairs; // used by the drawing thread only
    private int described;
    private long keypoints;

    /// @param images in name order
    PatchDescriptions(Studio studio, Screen screen, List<ImageFile> images) {
        this.studio = studio;
        this.screen = screen;
        this.pairs = new ViewPairs<>(images);
    }

    @Override
    public Received read(byte[] value) throws InvalidProtocolBufferException {
        PatchDescriptionResult result = PatchDescriptionResult.parseFrom(value);
        return new Received(result.getImageId(), Lines.described(result), image -> take(image, result));
    }

    @Override
    public void skip(ImageFile image) {
        studio.order(image, () -> pairs.skip(image));
    }

    @Override
    public String total() {
        return described + " described (" + keypoints + " keypoints)";
    }

    private void take(ImageFile image, PatchDescriptionResult result) {
        described++;
        keypoints += result.getKeypointsCount();
        studio.order(image, () -> draw(image, result));
    }

    private void draw(ImageFile file, PatchDescriptionResult result) throws IOException, InterruptedException {
        DescribedImage described = DescribedImage.of(file, result);
        try (Image image = studio.open(file)) {
            List<String> caption = new ArrayList<>();
            caption.add(result.getKeypointsCount() + " keypoints");
            caption.addAll(Lines.stages(result.getTimings()));
            KeypointPicture picture = new KeypointPicture(described.keypoints(), file.key(), caption);
            studio.write(file.stem() + ".keypoints.jpg", picture.draw(image));
        }
        for (ViewPairs.Pair<DescribedImage> pair : pairs.add(file, described)) {
            match(pair.left(), pair.right());
        }
    }

    private void match(DescribedImage left, DescribedImage right) throws IOException, InterruptedException {
        try (Image leftImage = studio.open(left.file());
                Image rightImage = studio.open(right.file())) {
            MatchedViews views = MatchedViews.of(left, right, leftImage.width(), leftImage.height());
            screen.line(Lines.matched(views));
            if (views.homography().isEmpty()) {
                return;
            }
            List<String> caption = new ArrayList<>();
            caption.add(views.matches() + " matches, " + views.agreeing().size() + " on one plane");
            views.errorPx().ifPresent(known -> caption.add(Lines.error(views)));
            Optional<Homography> homography = views.homography().map(found -> Homography.of(found.toArray()));
            MatchPicture picture = new MatchPicture(views.agreeing(), homography, views.title(), caption);
            String name = left.file().stem() + "-to-" + right.file().nameStem() + ".matches.jpg";
            studio.write(name, picture.draw(leftImage, rightImage));
        }
    }
}
