package offspring.examples.life;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import offspring.examples.Example;
import offspring.futures.Pool;
import offspring.multiprocessing.IntValue;
import offspring.multiprocessing.ProcessPool;
import offspring.multiprocessing.Value;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What is expensive to load is loaded once per worker, by its initializer, into a static field; the calls find it there. */
@Command(
        name = "loaded-model",
        description = "Each worker loads a model once, and then knows languages by their letters.")
final class LoadedModel extends Example {

    @Option(names = "--workers", paramLabel = "N", description = "How many JVMs have the model: 2 if not given.")
    private int workers = 2;

    /** Of this JVM; null where no initializer has run. */
    private static volatile @Nullable Model loaded;

    /** How often each pair of letters occurs in each language: the simplest thing that may be called a model. */
    record Model(Map<String, Map<String, Double>> pairs) {

        private static final Map<String, String> SAMPLES = Map.of(
                "English",
                        "the quick brown fox jumps over the lazy dog and that is what there was with his other things",
                "German",
                        "der schnelle braune fuchs springt ueber den faulen hund und das ist nicht was sich gehoert hat",
                "French",
                        "le vif renard brun saute par dessus le chien paresseux et ce est que nous avons dans les choses",
                "Finnish",
                        "nopea ruskea kettu hyppaa laiskan koiran yli ja se on mita hanella oli muiden asioiden kanssa");

        static Model load() {
            Map<String, Map<String, Double>> pairs = new TreeMap<>();
            SAMPLES.forEach((language, text) -> pairs.put(language, frequencies(text)));
            return new Model(pairs);
        }

        private static Map<String, Double> frequencies(String text) {
            Map<String, Double> found = new TreeMap<>();
            for (int i = 0; i + 1 < text.length(); i++) {
                found.merge(text.substring(i, i + 2), 1.0, Double::sum);
            }
            found.replaceAll((pair, count) -> count / (text.length() - 1));
            return found;
        }

        /** The language whose pairs of letters explain the text best. */
        String languageOf(String text) {
            String best = "";
            double bestScore = Double.NEGATIVE_INFINITY;
            for (Map.Entry<String, Map<String, Double>> language : pairs.entrySet()) {
                double score = 0;
                for (int i = 0; i + 1 < text.length(); i++) {
                    score += Math.log(language.getValue().getOrDefault(text.substring(i, i + 2), 1e-4));
                }
                if (score > bestScore) {
                    bestScore = score;
                    best = language.getKey();
                }
            }
            return best;
        }
    }

    @Override
    protected void show(PrintWriter out) throws IOException, InterruptedException {
        inRange("--workers", workers, 1, 64);
        List<String> texts = List.of(
                "this is the thing with the other",
                "das ist nicht der hund",
                "les chiens sont dans la maison",
                "koira on laiska ja kettu nopea",
                "where the weather was there");
        IntValue loads = Value.ofInt(0);
        List<String> languages;
        try (Pool pool = ProcessPool.builder()
                .maxWorkers(workers)
                .initializer(() -> load(loads))
                .build()) {
            languages = pool.map(LoadedModel::languageOf, texts, 1);
        }
        for (int i = 0; i < texts.size(); i++) {
            out.printf("%-8s %s%n", languages.get(i), texts.get(i));
        }
        out.println(
                texts.size() + " texts, and the model was loaded " + loads.get() + " times by " + workers + " workers");
    }

    /** Runs first in each worker. */
    static void load(IntValue loads) {
        loaded = Model.load();
        loads.getAndAdd(1);
    }

    /** Runs in a worker. */
    static String languageOf(String text) {
        Model model = loaded;
        if (model == null) {
            throw new IllegalStateException("no model in this JVM; give the pool an initializer that loads it");
        }
        return model.languageOf(text);
    }
}
