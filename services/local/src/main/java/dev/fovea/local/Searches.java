package dev.fovea.local;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.fovea.builder.index.sheet.ContactSheet;
import dev.fovea.builder.index.sheet.SheetCell;
import dev.fovea.proto.v1.RetrievalResult;
import dev.fovea.proto.v1.SearchResponse;
import dev.fovea.proto.v1.SearchResult;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What becomes of searches: first answers are compared with the truth where it is known, and each query is drawn
/// with its results on a contact sheet.
final class Searches implements Reception {

    private final Studio studio;
    private final Queries queries;
    private int searched;
    private int known;
    private int right;

    Searches(Studio studio, Queries queries) {
        this.studio = studio;
        this.queries = queries;
    }

    @Override
    public Received read(byte[] value) throws InvalidProtocolBufferException {
        RetrievalResult result = RetrievalResult.parseFrom(value);
        String rows = SearchLines.rows(result, queries);
        return new Received(result.getQueryId(), rows, query -> take(query, result.getAnswer()));
    }

    @Override
    public void skip(ImageFile image) {
        // Nothing waits for it.
    }

    @Override
    public String total() {
        String count = searched + " searched";
        return known == 0 ? count : count + ", first answers " + right + " of " + known + " right";
    }

    private void take(ImageFile query, SearchResponse answer) {
        searched++;
        known += queries.wanted().containsKey(query.key()) ? 1 : 0;
        right += first(query, answer) ? 1 : 0;
        studio.order(query, () -> draw(query, answer));
    }

    private boolean first(ImageFile query, SearchResponse answer) {
        return answer.getResultsList().stream()
                .findFirst()
                .flatMap(
                        result -> queries.isRight(query.key(), result.getImage().getId()))
                .orElse(false);
    }

    private void draw(ImageFile query, SearchResponse answer) throws IOException, InterruptedException {
        List<SheetCell> cells = new ArrayList<>();
        for (int i = 0; i < answer.getResultsCount(); i++) {
            cells.add(cell(query, i + 1, answer.getResults(i)));
        }
        byte[] picture = Files.readAllBytes(query.path());
        ContactSheet sheet = new ContactSheet(query.key(), SearchLines.facts(answer), picture, cells);
        studio.write(query.stem() + ".results.jpg", sheet::write);
    }

    private SheetCell cell(ImageFile query, int rank, SearchResult result) {
        String id = result.getImage().getId();
        Optional<Boolean> isRight = queries.isRight(query.key(), id);
        String verdict = isRight.map(known -> known ? "right" : "wrong").orElse("");
        boolean isMatched = !result.getPicture().isEmpty();
        ByteString picture = isMatched ? result.getPicture() : result.getImage().getThumbnail();
        return new SheetCell(rank + "  " + id, SearchLines.facts(result), verdict, picture.toByteArray(), isMatched);
    }
}
