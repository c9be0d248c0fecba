package offspring.multiprocessing;

import offspring.futures.Pool;
import offspring.futures.contract.PoolContract;
import org.junit.jupiter.api.extension.ExtendWith;

/** A pool of child JVMs does what every pool does. */
@ExtendWith({FamilyCheck.class, DescriptorCheck.class})
class ProcessPoolContractTest extends PoolContract {

    @Override
    protected Pool newPool(int workers) {
        return new ProcessPool(workers);
    }
}
