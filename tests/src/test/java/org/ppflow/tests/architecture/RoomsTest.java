package org.ppflow.tests.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The arrows of ARCHITECTURE.md, held by the build. */
@AnalyzeClasses(packages = "org.ppflow", importOptions = ImportOption.DoNotIncludeTests.class)
class RoomsTest {
    private static final String[] FEATURES = {
        "org.ppflow.eval.classifier..",
        "org.ppflow.eval.feature..",
        "org.ppflow.eval.inception..",
        "org.ppflow.eval.network.."
    };

    @ArchTest
    static final ArchRule arrowsPointOneWay = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("nn")
            .definedBy("org.ppflow.nn..")
            .layer("data")
            .definedBy("org.ppflow.data..")
            .layer("eval")
            .definedBy("org.ppflow.eval..")
            .layer("flow")
            .definedBy("org.ppflow.flow..")
            .layer("app")
            .definedBy("org.ppflow.app..")
            .layer("notebooks")
            .definedBy("org.ppflow.notebook..")
            .whereLayer("notebooks")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("app")
            .mayOnlyBeAccessedByLayers("notebooks")
            .whereLayer("flow")
            .mayOnlyBeAccessedByLayers("app", "notebooks")
            .whereLayer("eval")
            .mayOnlyBeAccessedByLayers("app", "notebooks")
            .whereLayer("data")
            .mayOnlyBeAccessedByLayers("eval", "flow", "app", "notebooks")
            .whereLayer("nn")
            .mayOnlyBeAccessedByLayers("data", "eval", "flow", "app", "notebooks");

    @ArchTest
    static final ArchRule packagesOfARoomHaveNoCycles =
            slices().matching("org.ppflow.(*).(*)..").should().beFreeOfCycles();

    /** Their classes are in the key of kept features ({@code FeatureKey}); the pictures themselves are there by their content. */
    @ArchTest
    static final ArchRule whatMakesFeaturesNeedsNothingElseOfEval = noClasses()
            .that()
            .resideInAnyPackage(FEATURES)
            .should()
            .dependOnClassesThat(resideInAPackage("org.ppflow.eval..")
                    .and(not(resideInAnyPackage(FEATURES)))
                    .and(not(resideInAPackage("org.ppflow.eval.images.."))));

    @ArchTest
    static final ArchRule onlyTheAppSpeaksToThePerson = noClasses()
            .that()
            .resideOutsideOfPackage("org.ppflow.app..")
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err")
            .orShould()
            .callMethod(System.class, "exit", int.class);

    @ArchTest
    static final ArchRule nothingIsHiddenInAUtilityRoom = noClasses()
            .should()
            .resideInAnyPackage("..util..", "..utils..", "..common..", "..helper..", "..helpers..", "..manager..");

    /** Random numbers are functions of (seed, purpose, row, step); these have hidden state. */
    @ArchTest
    static final ArchRule randomnessHasOneSource = noClasses()
            .should()
            .dependOnClassesThat()
            .haveNameMatching("java\\.util\\.(Random|SplittableRandom|concurrent\\.ThreadLocalRandom)"
                    + "|java\\.security\\.SecureRandom|org\\.tensorflow\\.op\\.(RandomOps|random\\..*)")
            .orShould()
            .callMethod(Math.class, "random")
            .orShould()
            .callMethod(java.util.Collections.class, "shuffle", java.util.List.class)
            .orShould()
            .callMethod(java.util.UUID.class, "randomUUID");
}
