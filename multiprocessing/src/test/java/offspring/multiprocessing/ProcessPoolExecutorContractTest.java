package offspring.multiprocessing;

import offspring.futures.Executor;
import offspring.futures.contract.ExecutorContract;
import org.junit.jupiter.api.extension.ExtendWith;

/** An executor over child JVMs does what every executor does. */
@ExtendWith({FamilyCheck.class, DescriptorCheck.class})
class ProcessPoolExecutorContractTest extends ExecutorContract {

    @Override
    protected Executor newExecutor(int workers) {
        return new ProcessPoolExecutor(workers);
    }
}
