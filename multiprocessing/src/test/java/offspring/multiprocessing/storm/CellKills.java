package offspring.multiprocessing.storm;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import offspring.multiprocessing.Lock;
import offspring.multiprocessing.Pipe;
import offspring.multiprocessing.Process;
import offspring.multiprocessing.Semaphore;
import offspring.multiprocessing.connection.Connection;
import offspring.multiprocessing.internal.segment.Cell;
import offspring.multiprocessing.internal.segment.Holdings;
import offspring.multiprocessing.internal.segment.Session;

/**
 * Processes that take cells, fill each with a pattern of its own, look whether the pattern is still there, send cells to each other and
 * give them up, and a killer who sends SIGKILL to one of them at a random moment and starts another in its place.
 *
 * <p>They hold so many that each of them sweeps again and again. A cell that is freed while somebody has it, or while it is on its way,
 * is soon taken by another, who writes its own pattern over the first: that is the fault which is looked for. In the end nobody holds
 * anything, and the session must not have become larger than what was in use at a time.
 */
public final class CellKills {

    private static final int WORKERS = 3;
    private static final int HELD = 500;
    private static final int WORDS = Cell.BYTES / 8;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration A_MOMENT = Duration.ofMillis(1);

    private CellKills() {}

    /** What has happened in a storm in which no cell was freed that was in use. */
    public record Outcome(int kills, long looks, long arrived, long cellFiles) {}

    /**
     * Storms.
     *
     * @param kills how many processes are killed
     * @param seed decides who is killed when
     * @throws AssertionError if a pattern is broken
     */
    public static Outcome storm(int kills, long seed) throws IOException, InterruptedException {
        Random random = new Random(seed);
        try (Pipe pipe = Pipe.oneWay();
                Lock receiving = new Lock();
                Semaphore looks = new Semaphore(0);
                Semaphore arrived = new Semaphore(0);
                Semaphore stop = new Semaphore(0)) {
            Worker worker = new Worker(pipe.second(), pipe.first(), newestPipe(), receiving, looks, arrived, stop);
            List<Process> workers = new ArrayList<>();
            for (int i = 0; i < WORKERS; i++) {
                workers.add(start(worker, random.nextLong()));
            }
            for (int i = 0; i < kills; i++) {
                Process successor = start(worker, random.nextLong());
                int before = looks.value();
                long start = System.nanoTime();
                while (looks.value() < before + 2000 && System.nanoTime() - start < PATIENCE.toNanos()) {
                    worker.makeRoom();
                    LockSupport.parkNanos(200_000);
                }
                LockSupport.parkNanos(random.nextInt(3_000_000));
                Process victim = workers.set(random.nextInt(WORKERS), successor);
                victim.kill();
                end(victim, -9, worker);
            }
            stop.release();
            for (Process process : workers) {
                end(process, 0, worker);
            }
            return new Outcome(kills, looks.value(), arrived.value(), cellFiles());
        }
    }

    private static Process start(Worker worker, long seed) throws IOException {
        Process process = new Process(() -> worker.run(new Random(seed)));
        process.start();
        return process;
    }

    private static void end(Process process, int code, Worker worker) throws IOException, InterruptedException {
        long start = System.nanoTime();
        while (!process.join(A_MOMENT)) {
            worker.makeRoom();
            if (System.nanoTime() - start > PATIENCE.toNanos()) {
                throw new AssertionError(
                        process + " hangs; jcmd " + process.pid().getAsLong() + " Thread.print");
            }
        }
        if (process.exitcode().getAsInt() != code) {
            throw new AssertionError(process + " should have ended with " + code + "; its standard error says why");
        }
    }

    private static long newestPipe() throws IOException {
        long newest = 0;
        try (DirectoryStream<Path> pipes =
                Files.newDirectoryStream(Session.current().directory(), "pipe-*")) {
            for (Path pipe : pipes) {
                newest = Math.max(
                        newest, Long.parseLong(pipe.getFileName().toString().substring("pipe-".length())));
            }
        }
        return newest;
    }

    private static long cellFiles() throws IOException {
        long count = 0;
        try (DirectoryStream<Path> files =
                Files.newDirectoryStream(Session.current().directory(), "cells-*")) {
            for (Path ignored : files) {
                count++;
            }
        }
        return count;
    }

    /** What each process does. */
    private record Worker(
            Connection to,
            Connection from,
            long pipe,
            Lock receiving,
            Semaphore looks,
            Semaphore arrived,
            Semaphore stop)
            implements java.io.Serializable {

        /** A cell and the first word of its pattern. */
        private record Filled(Cell cell, long first) {

            static Filled fill(Cell cell, long first) {
                for (int i = 0; i < WORDS; i++) {
                    long before = cell.segment().getVolatile(cell.offset() + i * 8);
                    if (before != 0) {
                        throw new AssertionError("a new cell is not empty: word " + i + " is " + before);
                    }
                }
                for (int i = 0; i < WORDS; i++) {
                    cell.segment().putVolatile(cell.offset() + i * 8, first + i);
                }
                return new Filled(cell, first);
            }

            void look() {
                for (int i = 0; i < WORDS; i++) {
                    long word = cell.segment().getVolatile(cell.offset() + i * 8);
                    if (word != first + i) {
                        throw new AssertionError("a cell that was in use is another's: word " + i + " of "
                                + Long.toHexString(cell.reference()) + " is " + word + ", not " + (first + i));
                    }
                }
            }
        }

        void run(Random random) throws IOException, InterruptedException {
            Holdings holdings = Session.current().holdings();
            List<Filled> held = new ArrayList<>();
            while (stop.value() == 0) {
                int what = random.nextInt(10);
                if (held.size() < HELD && what < 5) {
                    held.add(Filled.fill(holdings.allocate(), random.nextLong()));
                } else if (!held.isEmpty() && what < 8) {
                    Filled filled = takeOut(held, random);
                    filled.look();
                    looks.release();
                    if (what == 7) {
                        send(filled);
                    }
                    filled.cell.release();
                } else {
                    receive(holdings, held);
                }
            }
            for (Filled filled : held) {
                filled.look();
                filled.cell.release();
            }
        }

        private static Filled takeOut(List<Filled> held, Random random) {
            int index = random.nextInt(held.size());
            Filled filled = held.get(index);
            held.set(index, held.get(held.size() - 1));
            held.remove(held.size() - 1);
            return filled;
        }

        private void send(Filled filled) throws IOException, InterruptedException {
            Holdings.Handle handle = filled.cell.handleForPipe(pipe);
            to.send(new long[] {handle.reference(), handle.flight(), handle.carrier(), filled.first});
        }

        /**
         * Takes cells out of the pipe, as the workers do. While a killed worker that was receiving has not been buried, the others
         * only send; when they have filled the pipe, all of them wait, and would do so for ever if nobody else received.
         */
        void makeRoom() throws IOException, InterruptedException {
            List<Filled> received = new ArrayList<>();
            receive(Session.current().holdings(), received);
            received.forEach(filled -> filled.cell.release());
        }

        private void receive(Holdings holdings, List<Filled> held) throws IOException, InterruptedException {
            if (!receiving.acquire(false)) {
                return;
            }
            long[] message = from.poll() ? from.recv(long[].class) : null;
            receiving.release();
            if (message != null) {
                Cell cell = holdings.attach(new Holdings.Handle(message[0], (int) message[1], message[2]));
                Filled filled = new Filled(cell, message[3]);
                filled.look();
                held.add(filled);
                arrived.release();
            }
        }
    }
}
