package offspring.multiprocessing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import offspring.core.function.CheckedRunnable;
import offspring.core.function.CheckedSupplier;
import offspring.multiprocessing.connection.Connection;
import offspring.testkit.Deadlines;
import offspring.testkit.StackDump;

/** What process tests do again and again with their children. */
final class Kin {

    private Kin() {}

    /** The work of a child that does nothing until it is ended. */
    static void sleepForEver() throws InterruptedException {
        new CountDownLatch(1).await();
    }

    /** Waits for the end of a started process, but not for ever. */
    static void join(Process process) throws InterruptedException {
        if (!process.join(Deadlines.PATIENCE)) {
            String stacks = FamilyCheck.stacksOf(process.pid().orElseThrow());
            process.kill();
            throw new AssertionError(process + " has not ended within " + Deadlines.PATIENCE + "\n" + stacks + "here:\n"
                    + StackDump.all());
        }
    }

    /** Starts a process, waits for its end, and says how it ended. */
    static int run(Process process) throws IOException, InterruptedException {
        process.start();
        join(process);
        return process.exitcode().orElseThrow();
    }

    /** Runs work in a child and says how that ended. */
    static int run(CheckedRunnable work) throws IOException, InterruptedException {
        return run(new Process(work));
    }

    /** Starts a child and returns when it has begun with its work. */
    static Process begin(CheckedRunnable work) throws IOException, InterruptedException {
        return begin(Process.builder(), work);
    }

    /** Starts a child as the builder says and returns when it has begun with its work. */
    static Process begin(Process.Builder builder, CheckedRunnable work) throws IOException, InterruptedException {
        Pipe begun = Pipe.oneWay();
        Connection there = begun.second();
        Process process = builder.target(() -> {
                    there.send("begun");
                    there.close();
                    work.runChecked();
                })
                .build();
        process.start();
        there.close();
        try (Connection here = begun.first()) {
            assertThat(receive(here)).isEqualTo("begun");
        }
        return process;
    }

    /** What a child finds when it looks: runs the question there and brings the answer here. */
    static <T> T ask(Class<T> type, CheckedSupplier<T> question) throws IOException, InterruptedException {
        return ask(Process.builder(), type, question);
    }

    /** What a child that is started as the builder says finds when it looks. */
    static <T> T ask(Process.Builder builder, Class<T> type, CheckedSupplier<T> question)
            throws IOException, InterruptedException {
        Pipe answers = Pipe.oneWay();
        Connection there = answers.second();
        Process process =
                builder.target(() -> there.send(question.getChecked())).build();
        process.start();
        there.close();
        try (Connection here = answers.first()) {
            T answer = type.cast(receive(here));
            join(process);
            return answer;
        }
    }

    /** Receives a message that must come. */
    static Object receive(Connection from) throws IOException, InterruptedException {
        if (!from.poll(Deadlines.PATIENCE)) {
            StringBuilder stacks = new StringBuilder();
            Multiprocessing.activeChildren()
                    .forEach(child ->
                            stacks.append(FamilyCheck.stacksOf(child.pid().orElseThrow())));
            throw new AssertionError("no message within " + Deadlines.PATIENCE + " on " + from + "\n" + stacks
                    + "here:\n" + StackDump.all());
        }
        return from.recv();
    }
}
